using MLPipelines.Programs;

switch (args)
{
    case ["income", var train, var test]:
        IncomeModel.Run(train, test);
        return 0;
    case ["nab", var archive]:
        NabTable.Run(archive);
        return 0;
    case ["nab", var archive, var results]:
        NabTable.RunRecorded(archive, results);
        return 0;
    default:
        Console.Error.WriteLine("usage: programs income TRAIN.csv TEST.csv | nab ARCHIVE.tar.gz [RESULTS_FOLDER]");
        return 2;
}
