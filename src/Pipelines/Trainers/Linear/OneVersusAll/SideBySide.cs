using System.Runtime.ExceptionServices;

namespace MLPipelines.Trainers;

/// <summary>Learns several models at a time, as many as there are cores; between them progress is reported from the calling thread.</summary>
internal static class SideBySide
{
    /// <param name="count">How many models.</param>
    /// <param name="name">The name of the trainer.</param>
    /// <param name="environment">Seed, progress and cancellation.</param>
    /// <param name="learn">Learns one of them, in an environment that reports nothing.</param>
    internal static IScoringModel[] Learn(int count, string name, TrainingEnvironment environment, Func<int, TrainingEnvironment, IScoringModel> learn)
    {
        var quiet = new TrainingEnvironment(environment.Seed) { CancellationToken = environment.CancellationToken };
        var models = new IScoringModel[count];
        int side = System.Environment.ProcessorCount;
        for (int first = 0; first < count; first += side)
        {
            int end = Math.Min(count, first + side);
            try
            {
                Parallel.For(first, end, i => models[i] = learn(i, quiet));
            }
            catch (AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
            environment.Report(name, end, count);
        }
        return models;
    }
}
