using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Programs.Tensors;

/// <summary>Our side of bench/transformers.py: for each line that comes in, works for some seconds and writes the least time of one pass.</summary>
internal static class TransformersRun
{
    private const int Vocabulary = 50265;

    /// <param name="name">What to do.</param>
    /// <param name="seconds">For how long, each time.</param>
    /// <param name="isAlone">Whether one thread works, whose processor time counts: for machines that are busy.</param>
    internal static void Serve(string name, double seconds, bool isAlone)
    {
        Action work = Work(name);
        if (isAlone) Crew.Threads = 1;
        while (Console.In.ReadLine() is not null) Console.WriteLine(Least(work, seconds, isAlone).ToString("R", CultureInfo.InvariantCulture));
    }

    private static Action Work(string name)
    {
        EncoderDescription nasBert = new NasBertDescription { VocabularySize = Vocabulary, PaddingId = 1 }, bert = new BertDescription { VocabularySize = 30522, PaddingId = 0 };
        if (name == "nas-bert one text") Crew.Threads = 1;
        return name switch
        {
            "nas-bert training" => Training(nasBert, 32, 128),
            "nas-bert inference" => Inference(nasBert, 32, 128),
            "bert-base inference" => Inference(bert, 8, 128),
            "gpt-2 tokens" => Generation(new DecoderDescription(50257, 1024, 768, 12, 12)),
            "gpt training" => Training(new DecoderDescription(4096, 256, 256, 4, 4), 8, 256),
            "nas-bert one text" => Inference(nasBert, 1, 12),
            _ => throw new ArgumentException($"There is no work '{name}'.", nameof(name)),
        };
    }

    private static Action Training(EncoderDescription description, int texts, int length)
    {
        var random = new RandomSource(1);
        TextEncoder encoder = description.Create(random);
        var head = new SequenceClassificationHead(description, 2, random);
        var optimizer = new AdamW(encoder.Parameters.Concat(head.Parameters), 1e-4f);
        long[] ids = Ids(random, texts * length, description.VocabularySize), labels = [.. Enumerable.Range(0, texts).Select(_ => (long)random.Next(2))];
        return () =>
        {
            using var step = new Step();
            head.Forward(encoder.Forward(new TokenBatch(Tensor.FromIndices(ids, [texts, length])))).CrossEntropy(Tensor.FromIndices(labels, [texts])).Backward();
            optimizer.Step();
            optimizer.ClearGradients();
        };
    }

    private static Action Training(DecoderDescription description, int texts, int length)
    {
        var random = new RandomSource(1);
        TextDecoder decoder = description.Create(random);
        var optimizer = new AdamW(decoder.Parameters, 1e-4f);
        long[] ids = Ids(random, texts * length, description.VocabularySize);
        return () =>
        {
            using var step = new Step();
            decoder.Forward(Tensor.FromIndices(ids, [texts, length])).CrossEntropy(Tensor.FromIndices(ids, [texts, length])).Backward();
            optimizer.Step();
            optimizer.ClearGradients();
        };
    }

    private static Action Generation(DecoderDescription description)
    {
        TextDecoder decoder = description.Create(new RandomSource(1));
        decoder.Train(isTraining: false);
        decoder.Freeze();
        var cache = new KeyValueCache(description, 512);
        int[] prompt = [.. Enumerable.Range(0, 128)];
        float[] scores = new float[description.VocabularySize];
        return () =>
        {
            using var quiet = new NoGradient();
            if (cache.Length is 0 or > 512 - 16)
            {
                using var first = new Step();
                cache.Clear();
                decoder.Begin(prompt, cache);
            }
            for (int i = 0; i < 16; i++)
            {
                using var step = new Step();
                decoder.Continue([7], [cache]).Select(0, 0).CopyTo(scores);
            }
        };
    }

    private static Action Inference(EncoderDescription description, int texts, int length)
    {
        var random = new RandomSource(1);
        TextEncoder encoder = description.Create(random);
        var head = new SequenceClassificationHead(description, 2, random);
        encoder.Train(isTraining: false);
        head.Train(isTraining: false);
        encoder.Fix();
        head.Fix();
        long[] ids = Ids(random, texts * length, description.VocabularySize);
        float[] scores = new float[texts * 2];
        return () =>
        {
            using var quiet = new NoGradient();
            using var step = new Step();
            head.Forward(encoder.Forward(new TokenBatch(Tensor.FromIndices(ids, [texts, length])))).CopyTo(scores);
        };
    }

    private static long[] Ids(RandomSource random, int count, int vocabulary) => [.. Enumerable.Range(0, count).Select(_ => 3L + random.Next(vocabulary - 3))];

    private static double Least(Action work, double seconds, bool isAlone)
    {
        work();
        double least = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            double one = Now(isAlone);
            work();
            least = Math.Min(least, Now(isAlone) - one);
        }
        return least;
    }

    private static double Now(bool isAlone) => isAlone ? ThreadTime.Now() : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>The processor time of the calling thread, so that the compiler's and the collector's threads do not count.</summary>
    private static class ThreadTime
    {
        private const int ThreadClock = 3;

        internal static double Now()
        {
            if (GetTime(ThreadClock, out TimeValue time) != 0) throw new PlatformNotSupportedException("There is no clock of processor time here.");
            return time.Seconds + time.Nanoseconds * 1e-9;
        }

        [DllImport("libc", EntryPoint = "clock_gettime")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int GetTime(int clock, out TimeValue time);

        [StructLayout(LayoutKind.Sequential)]
        private struct TimeValue
        {
            internal long Seconds, Nanoseconds;
        }
    }
}
