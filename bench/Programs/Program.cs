using MLPipelines.Programs;
using MLPipelines.Programs.Forecasting;
using MLPipelines.Programs.Onnx;
using MLPipelines.Programs.Recommendation;
using MLPipelines.Programs.Tensors;
using MLPipelines.Programs.Trees;

switch (args)
{
    case ["income", var train, var test]:
        IncomeModel.Run(train, test);
        return 0;
    case ["forecasting", var folder, var competition, var method, .. var rest]:
        Competition read = Competition.Read(folder, competition);
        CompetitionRun.Run(rest.Contains("--earlier") ? read.Earlier() : read, ForecastMethods.Of(method));
        return 0;
    case ["nab", var archive]:
        NabTable.Run(archive);
        return 0;
    case ["nab", var archive, var results]:
        NabTable.RunRecorded(archive, results);
        return 0;
    case ["ssa", var folder]:
        SsaRun.Run(Competition.Read(folder, "m4-hourly"));
        return 0;
    case ["matrix-factorization", var folder]:
        MatrixFactorizationRun.Run(folder, threads: 2);
        return 0;
    case ["rating-updates", var folder]:
        MatrixFactorizationRun.Rates(folder, threads: 1);
        MatrixFactorizationRun.Rates(folder, threads: 2);
        return 0;
    case ["lists", var file, var share, var count]:
        ListsRun.Run(file, double.Parse(share, System.Globalization.CultureInfo.InvariantCulture), int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["recommending"]:
        RecommendingRun.Catalogues();
        return 0;
    case ["recommending", var folder]:
        RecommendingRun.MovieLens(folder);
        return 0;
    case ["trees-table", var file, var rows, var columns]:
        TreesRun.Generate(file, Number(rows), Number(columns));
        return 0;
    case ["trees", var train, var test, var classes, var trees, var runs, var threads, .. var categories]:
        TreesRun.Run(train, test, Number(classes), Number(trees), Number(runs), Number(threads), string.Concat(categories));
        return 0;
    case ["networks", .. var which]:
        MLPipelines.Programs.Tensors.NetworksRun.Run(string.Concat(which));
        return 0;
    case ["transformers", var work, var seconds, .. var clock]:
        TransformersRun.Serve(work, double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), clock is ["processor"]);
        return 0;
    case ["onnx-networks", var seconds]:
        OnnxNetworksRun.Run(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["digits", var folder, var epochs]:
        MLPipelines.Programs.Tensors.DigitsRun.Run(folder, Number(epochs));
        return 0;
    case ["photos", var folder, var epochs, .. var side]:
        MLPipelines.Programs.Tensors.PhotosRun.Run(folder, Number(epochs), side is [var length] ? Number(length) : null);
        return 0;
    case ["convolutions", .. var layers]:
        ConvolutionRun.Run(string.Concat(layers));
        return 0;
    case ["passes"]:
        PassesRun.Run();
        return 0;
    case ["products", var threads]:
        ProductsRun.Serve(Number(threads));
        return 0;
    case ["fine-tuned", var train, var test, var encoder, var epochs, var rate, var seed]:
        MLPipelines.Programs.Text.FineTunedRun.Run(train, test, encoder, Number(epochs), double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), Number(seed));
        return 0;
    case ["onnx", var rows, var runs]:
        MLPipelines.Programs.Onnx.OnnxOverheadRun.Run(Number(rows), Number(runs));
        return 0;
    default:
        Console.Error.WriteLine("usage: programs income TRAIN.csv TEST.csv | forecasting FOLDER COMPETITION METHOD [--earlier] | ssa FOLDER | nab ARCHIVE.tar.gz [RESULTS_FOLDER] | matrix-factorization ML100K_FOLDER | rating-updates ML100K_FOLDER | lists FILE TEST_SHARE COUNT | recommending [ML100K_FOLDER] | trees-table FILE ROWS COLUMNS | trees TRAIN TEST CLASSES TREES RUNS THREADS [CATEGORIES] | products THREADS | convolutions [LAYERS] | passes | networks [NAME] | transformers WORK SECONDS [processor] | onnx-networks SECONDS | digits MNIST_FOLDER EPOCHS | photos FOLDER EPOCHS [SIDE] | fine-tuned TRAIN.csv TEST.csv ENCODER|scratch EPOCHS RATE SEED | onnx ROWS RUNS");
        return 2;
}

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
