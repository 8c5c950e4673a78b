using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Programs.Tensors;

/// <summary>Times of matrix products, one per line that it reads, so that another program can take turns with it.</summary>
internal static unsafe class ProductsRun
{
    /// <summary>Reads lines "ROWS COLUMNS DEPTH nn|nt|tn|tt SECONDS" and answers each with the least seconds that the product took.</summary>
    internal static void Serve(int threads)
    {
        Crew.Threads = threads;
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            string[] words = line.Split(' ');
            int Number(int word) => int.Parse(words[word], CultureInfo.InvariantCulture);
            Console.WriteLine(Least(Number(0), Number(1), Number(2), words[3], double.Parse(words[4], CultureInfo.InvariantCulture)).ToString("r", CultureInfo.InvariantCulture));
        }
    }

    private static double Least(int rows, int columns, int depth, string order, double seconds)
    {
        float* a = Numbers((long)rows * depth), b = Numbers((long)depth * columns), c = Numbers((long)rows * columns);
        Matrix left = order[0] == 't' ? new Matrix(a, 1, rows) : new Matrix(a, depth), right = order[1] == 't' ? new Matrix(b, 1, depth) : new Matrix(b, columns);
        MatrixProduct product = new(rows, columns, depth, left, right, c, columns);
        double least = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        // The processor's time comes in microseconds: two milliseconds at a time.
        int repeats = Crew.Threads > 1 ? 1 : (int)Math.Clamp(2e8 / product.Work, 1, 10_000);
        for (int run = 0; run < 3 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; run++)
        {
            double before = Now();
            for (int repeat = 0; repeat < repeats; repeat++) product.Run();
            least = Math.Min(least, (Now() - before) / repeats);
        }
        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        NativeMemory.AlignedFree(c);
        return least;
    }

    // One thread is measured by the time that the processor gave it, which other programs change little.
    private static double Now() => Crew.Threads > 1 ? Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency : Environment.CpuUsage.TotalTime.TotalSeconds;

    private static float* Numbers(long count)
    {
        float* numbers = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        Random random = new(1);
        for (long i = 0; i < count; i++) numbers[i] = random.NextSingle() - 0.5f;
        return numbers;
    }
}
