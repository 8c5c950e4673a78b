using MLPipelines.Transforms.Text;

namespace MLPipelines;

/// <summary>Texts to weighted n-grams.</summary>
public static class TextVectorizingCatalog
{
    /// <summary>Describes texts in any language by weighted word and character n-grams.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is added: <c>Vector&lt;Single&gt;</c>, sparse, of length 1.</param>
    /// <param name="options">The n-grams and their weights.</param>
    /// <param name="inputColumnNames">Columns of text, read as one text; by default the column that has the name of the output.</param>
    public static TextVectorizingEstimator VectorizeText(this TransformsCatalog.TextTransforms catalog, string outputColumnName,
        TextVectorizingOptions? options = null, params string[] inputColumnNames) =>
        new(catalog.Environment, outputColumnName, options ?? new TextVectorizingOptions(), inputColumnNames);
}
