using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;
using WeightingCriteria = MLPipelines.Transforms.Text.NgramExtractingEstimator.WeightingCriteria;

namespace MLPipelines.Tests.Transforms.Text;

public class NgramTests
{
    private static IDataView Extract(IDataView view, int ngramLength, bool useAllLengths, WeightingCriteria weighting = WeightingCriteria.Tf, int skipLength = 0, int maximum = 1000) =>
        ML.Transforms.Text.TokenizeIntoWords("Tokens", "Text").Append(ML.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(ML.Transforms.Text.ProduceNgrams("Ngrams", "Tokens", ngramLength, skipLength, useAllLengths, maximum, weighting)).Fit(view).Transform(view);

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/ProduceNgrams.cs
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output()
    {
        IDataView ngrams = Extract(View(
            "This is an example to compute n-grams.", "N-gram is a sequence of 'N' consecutive words/tokens.", "ML.NET's ProduceNgrams API produces vector of n-grams.",
            "Each position in the vector corresponds to a particular n-gram.", "The value at each position corresponds to,",
            "the number of times n-gram occurred in the data (Tf), or", "the inverse of the number of documents that contain the n-gram (Idf),",
            "or compute both and multiply together (Tf-Idf)."), 3, useAllLengths: false);
        Assert.Equal(52, SlotNames(ngrams, "Ngrams").Length);
        Assert.Equal("This|is|an  is|an|example  an|example|to  example|to|compute  to|compute|n-grams.  N-gram|is|a  is|a|sequence  a|sequence|of  sequence|of|'N'  of|'N'|consecutive",
            string.Join("  ", SlotNames(ngrams, "Ngrams").Take(10)));
        Assert.Equal([1f, 1, 1, 1, 1, 0, 0, 0, 0, 0], Features(ngrams, "Ngrams")[0].Take(10));
    }

    // By hand: of 3 texts, "a" is in 3, "b" in 2, "a|b" in 2, "c" in 1.
    [Fact]
    public void Weights_follow_their_formulas()
    {
        IDataView view = View("a b a b", "a b", "c a");
        float all = 0, two = (float)Math.Log(3 / 2.0), one = (float)Math.Log(3.0);
        Assert.Equal(["a", "a|b", "b", "b|a", "c", "c|a"], SlotNames(Extract(view, 2, useAllLengths: true), "Ngrams"));
        Assert.Equal([2, 2, 2, 1, 0, 0], Features(Extract(view, 2, useAllLengths: true), "Ngrams")[0]);
        Assert.Equal([all, two, two, one, 0, 0], Features(Extract(view, 2, useAllLengths: true, WeightingCriteria.Idf), "Ngrams")[0]);
        Assert.Equal([all, (float)(2 * Math.Log(3 / 2.0)), (float)(2 * Math.Log(3 / 2.0)), one, 0, 0], Features(Extract(view, 2, useAllLengths: true, WeightingCriteria.TfIdf), "Ngrams")[0]);
        Assert.Equal([0, 0, 0, 0, one, one], Features(Extract(view, 2, useAllLengths: true, WeightingCriteria.TfIdf), "Ngrams")[2]);
    }

    // By hand, in ML.NET's order: at each place the n-gram without gaps first.
    [Fact]
    public void Gaps_come_in_the_order_of_ML_NET() => Assert.Equal(
        ["a|b|c", "a|b|d", "a|c|d", "b|c|d"], SlotNames(Extract(View("a b c d"), 3, useAllLengths: false, skipLength: 1), "Ngrams"));

    [Fact]
    public void Only_the_first_ngrams_of_each_length_are_kept() =>
        Assert.Equal(["a", "a|b", "b", "b|c"], SlotNames(Extract(View("a b c a"), 2, useAllLengths: true, maximum: 2), "Ngrams"));

    [Fact]
    public void Words_that_were_not_learned_leave_no_trace()
    {
        IDataView view = View("a b");
        var fitted = ML.Transforms.Text.ProduceWordBags("Bag", "Text").Fit(view);
        Assert.Equal([1, 0, 1], Features(fitted.Transform(View("b x a")), "Bag")[0]);
        Assert.Equal([0, 0, 0], Features(fitted.Transform(View("x y", "")), "Bag")[1]);
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/ProduceWordBags.cs; its printed output is that of the text
    // "documents that contain", of which the sample has since lost a word.
    [Fact]
    public void The_word_bag_sample_of_ML_NET_gives_its_printed_output()
    {
        IDataView view = View(
            "This is an example to compute bag-of-word features.", "ML.NET's ProduceWordBags API produces bag-of-word features from input text.",
            "It does so by first tokenizing text/string into words/tokens then ", "computing n-grams and their numeric values.",
            "Each position in the output vector corresponds to a particular n-gram.", "The value at each position corresponds to,",
            "the number of times n-gram occurred in the data (Tf), or", "the inverse of the number of documents that contain the n-gram (Idf),",
            "or compute both and multiply together (Tf-Idf).");
        IDataView bags = ML.Transforms.Text.ProduceWordBags("Bag", "Text", ngramLength: 3, useAllLengths: false).Fit(view).Transform(view);
        Assert.Equal(62, SlotNames(bags, "Bag").Length);
        Assert.Equal("This|is|an  is|an|example  an|example|to  example|to|compute  to|compute|bag-of-word  compute|bag-of-word|features.  ML.NET's|ProduceWordBags|API  "
            + "ProduceWordBags|API|produces  API|produces|bag-of-word  produces|bag-of-word|features", string.Join("  ", SlotNames(bags, "Bag").Take(10)));
        Assert.Equal([1f, 1, 1, 1, 1, 1, 0, 0, 0, 0], Features(bags, "Bag")[0].Take(10));
    }

    [Fact]
    public void A_word_bag_equals_its_steps_one_by_one()
    {
        IDataView view = View("the cat and the dog", "a dog", "", "The CAT sat on the mat and the mat sat");
        foreach (WeightingCriteria weighting in Enum.GetValues<WeightingCriteria>())
        {
            IDataView bag = ML.Transforms.Text.ProduceWordBags("Ngrams", "Text", 2, weighting: weighting).Fit(view).Transform(view);
            IDataView steps = Extract(view, 2, useAllLengths: true, weighting);
            Assert.Equal(SlotNames(steps, "Ngrams"), SlotNames(bag, "Ngrams"));
            Assert.Equal(Features(steps, "Ngrams"), Features(bag, "Ngrams"));
        }
    }

    [Fact]
    public void Terms_with_numbers_count_as_often()
    {
        IDataView view = View("apple:3,red pear:2,fig", "pear:0,fig:1:2");
        IDataView bags = ML.Transforms.Text.ProduceWordBags("Bag", ',', ':', "Text").Fit(view).Transform(view);
        Assert.Equal(["apple", "red", "pear", "fig"], SlotNames(bags, "Bag"));
        Assert.Equal([3, 2, 2, 1], Features(bags, "Bag")[0]);
        Assert.Equal([0, 0, 0, 1], Features(bags, "Bag")[1]);
        var error = Assert.Throws<MLPipelinesException>(() => ML.Transforms.Text.ProduceWordBags("Bag", ',', ':', "Text").Fit(View("a:many")));
        Assert.Contains("Found \"a:many\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_ngrams_is_an_error()
    {
        Assert.Contains("nothing to learn from", Assert.Throws<MLPipelinesException>(() => ML.Transforms.Text.ProduceWordBags("Bag", "Text").Fit(View("", " "))).Message, StringComparison.Ordinal);
        Assert.Contains("no n-gram of length 3", Assert.Throws<MLPipelinesException>(() => Extract(View("a b"), 3, useAllLengths: false)).Message, StringComparison.Ordinal);
        Assert.Contains("nothing to learn from", Assert.Throws<MLPipelinesException>(() => ML.Transforms.Text.FeaturizeText("F", "Text").Fit(View())).Message, StringComparison.Ordinal);
    }
}
