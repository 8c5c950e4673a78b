using MLPipelines.Programs;
using MLPipelines.Programs.Forecasting;
using MLPipelines.Programs.Recommendation;

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
    default:
        Console.Error.WriteLine("usage: programs income TRAIN.csv TEST.csv | forecasting FOLDER COMPETITION METHOD [--earlier] | ssa FOLDER | nab ARCHIVE.tar.gz [RESULTS_FOLDER] | matrix-factorization ML100K_FOLDER");
        return 2;
}
