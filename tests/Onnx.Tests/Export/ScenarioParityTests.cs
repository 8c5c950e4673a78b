using MLPipelines.Data;
using MLPipelines.Onnx.Tests.Export.Rows;
using MLPipelines.Recommendation;
using MLPipelines.Scenarios.ProductRecommendation;
using MLPipelines.Scenarios.TabularPrediction;
using MLPipelines.Scenarios.TextClassification;
using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Whole scenarios on their own data: what was learned from the training rows, exported and compared on the test rows.</summary>
public sealed class ScenarioParityTests
{
    public static TheoryData<string> NumberTrainers => [.. TabularTrainers.NamesFor(TabularTask.Regression)];

    public static TheoryData<string> ClassTrainers => [.. TabularTrainers.NamesFor(TabularTask.Classification)];

    [NativeRuntimeFact("text/banking77/train.csv.gz")]
    public void Intents_of_bank_customers()
    {
        var ml = new MLContext(seed: 1);
        IDataView Load(string file) => ml.Data.LoadFromTextFile(Datasets.PathOf($"text/banking77/{file}"),
            [new TextLoader.Column("text", DataKind.String, 0), new TextLoader.Column("category", DataKind.String, 1)], ',', hasHeader: true, allowQuoting: true);
        ITransformer model = new TextClassificationTrainer(ml, new TextClassificationOptions { TextColumns = ["text"], LabelColumn = "category" }).Train(Load("train.csv.gz")).Model;
        ExportedModel.AssertParity(new ParityRow("banking77", _ => (new Fixed(model), Load("test.csv"))) { Outputs = ["PredictedLabel", "Score"] });
    }

    [NativeRuntimeTheory("tabular/california-housing.csv.gz")]
    [MemberData(nameof(NumberTrainers))]
    public void Prices_of_houses(string trainer) => Compare(trainer, TabularTask.Regression, "median_house_value");

    [NativeRuntimeTheory("tabular/california-housing.csv.gz")]
    [MemberData(nameof(ClassTrainers))]
    public void Where_houses_stand(string trainer) => Compare(trainer, TabularTask.Classification, "ocean_proximity");

    public static IEnumerable<object[]> Recommenders => Enum.GetValues<FeedbackKind>().SelectMany(feedback => ProductMethods.Names(feedback).Select(method => new object[] { feedback, method }));

    [NativeRuntimeTheory("recommendation/ml-100k/u1.base.gz")]
    [MemberData(nameof(Recommenders))]
    public void Ratings_of_films(FeedbackKind feedback, string method)
    {
        var ml = new MLContext(seed: 1);
        IDataView Load(string file) => ml.Data.LoadFromTextFile(Datasets.PathOf($"recommendation/ml-100k/{file}"),
            [new TextLoader.Column("user", DataKind.String, 0), new TextLoader.Column("film", DataKind.String, 1), new TextLoader.Column("rating", DataKind.Single, 2)], '\t');
        var events = EventLog.Read(ml.Data.TakeRows(Load("u1.base.gz"), 20000), new EventOptions { UserColumn = "user", ItemColumn = "film", RatingColumn = "rating", Feedback = feedback });
        ITransformer model = new ProductRecommendationTrainer(ml, new ProductRecommendationOptions { Method = method }).Train(events).Model;
        ExportedModel.AssertParity(new ParityRow(method, _ => (new Fixed(model), ml.Data.TakeRows(Load("u1.test"), 2000))) { Outputs = ["Score"] });
    }

    private static void Compare(string trainer, TabularTask task, string label)
    {
        var ml = new MLContext(seed: 1);
        string[] numbers = ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households", "median_income", "median_house_value"];
        IDataView data = ml.Data.LoadFromTextFile(Datasets.PathOf("tabular/california-housing.csv.gz"),
            [.. numbers.Select((name, i) => new TextLoader.Column(name, DataKind.Single, i)), new TextLoader.Column("ocean_proximity", DataKind.String, 9)], ',', hasHeader: true);
        IDataView train = ml.Data.TakeRows(data, 3000), test = ml.Data.TakeRows(ml.Data.SkipRows(data, 15000), 300);
        ITransformer model = new TabularPredictionTrainer(ml, task, new TabularPredictionOptions { LabelColumn = label, Trainer = trainer }).Train(train).Model;
        string[] outputs = task == TabularTask.Regression ? ["Score"] : ["PredictedLabel", "Score"];
        ExportedModel.AssertParity(new ParityRow(trainer, _ => (new Fixed(model), test)) { Outputs = outputs });
    }
}
