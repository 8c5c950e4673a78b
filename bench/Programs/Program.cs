using MLPipelines.Programs;

switch (args)
{
    case ["income", var train, var test]:
        IncomeModel.Run(train, test);
        return 0;
    default:
        Console.Error.WriteLine("usage: programs income TRAIN.csv TEST.csv");
        return 2;
}
