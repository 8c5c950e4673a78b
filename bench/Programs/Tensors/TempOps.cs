using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;
namespace MLPipelines.Programs.Tensors;
internal static class TempOps
{
    internal static void Run()
    {
        Crew.Threads = 1;
        var r = new RandomSource(1);
        Tensor x = Tensor.Normal([32, 128, 192], r), x2 = Tensor.Normal([32, 128, 192], r), w = Tensor.Normal([192, 192], r), w3 = Tensor.Normal([576, 192], r), b = Tensor.Normal([192], r), b3 = Tensor.Normal([576], r), c = Tensor.Normal([192, 1, 7], r), c3 = Tensor.Normal([192, 1, 3], r);
        Tensor q = Tensor.Normal([32, 128, 3, 64], r), k = Tensor.Normal([32, 128, 3, 64], r), v = Tensor.Normal([32, 128, 3, 64], r), big = Tensor.Normal([1024, 768], r), w768 = Tensor.Normal([3072, 768], r), w2 = Tensor.Normal([768, 3072], r), bigger = Tensor.Normal([1024, 3072], r);
        Tensor emb = Tensor.Normal([50265, 64], r), x64 = Tensor.Normal([32, 128, 64], r);
        long[] ids = new long[4096]; for (int i = 0; i < ids.Length; i++) ids[i] = r.Next(50265);
        Tensor id = Tensor.FromIndices(ids, [32, 128]);
        void T(string name, Func<Tensor> f)
        {
            using var quiet = new NoGradient();
            double least = 1e9;
            for (int i = 0; i < 40; i++) { using var s = new Step(); double t = TransformersRun.Now(true); f(); least = Math.Min(least, TransformersRun.Now(true) - t); }
            Console.WriteLine($"{name}: {least * 1e3:F3} ms");
        }
        void G(string name, Tensor leaf, Func<Tensor> f)
        {
            double least = 1e9;
            leaf.WithGradient();
            for (int i = 0; i < 40; i++) { using var s = new Step(); Tensor y = f(); double t = TransformersRun.Now(true); y.Backward(x); least = Math.Min(least, TransformersRun.Now(true) - t); leaf.ClearGradient(); }
            leaf.WithGradient(false);
            Console.WriteLine($"{name} back: {least * 1e3:F3} ms");
        }
        for (int round = 0; round < 2; round++)
        {
            T("linear 192", () => x.Linear(w, b)); T("linear 192 gelu", () => x.Linear(w, b, Activation.Gelu)); T("linear 576", () => x.Linear(w3, b3)); T("gelu", () => x.Gelu());
            T("conv 7", () => x.Conv1d(c, b, padding: 3, groups: 192)); T("conv 3", () => x.Conv1d(c3, b, padding: 1, groups: 192));
            T("add", () => x + x2); T("layer norm", () => x.LayerNorm(b, b)); T("attention", () => q.Attention(k, v)); T("dropout", () => x.Dropout(0.1f, r));
            T("attention dropout", () => q.Attention(k, v, dropout: 0.1f, random: r));
            T("embed", () => emb.Embed(id)); T("add 64", () => x64 + x64[0]); T("bert up gelu", () => big.Linear(w768, default, Activation.Gelu)); T("bert down", () => bigger.Linear(w2)); T("bert up", () => big.Linear(w768));
            G("linear dx", x2, () => x2.Linear(w, b)); G("linear dw", w, () => x2.Linear(w, b)); G("linear db", b, () => x2.Linear(w, b)); G("gelu", x2, () => x2.Gelu()); G("layer norm x", x2, () => x2.LayerNorm(b, b)); G("layer norm all", b, () => x2.LayerNorm(b, default));
            G("conv 7 dx", x2, () => x2.Conv1d(c, b, padding: 3, groups: 192)); G("conv 7 dw", c, () => x2.Conv1d(c, b, padding: 3, groups: 192)); G("dropout", x2, () => x2.Dropout(0.1f, r));
            G("attention dq", q, () => q.Attention(k, v).Reshape(x.Shape.AsSpan())); G("attention dropout dq", q, () => q.Attention(k, v, dropout: 0.1f, random: r).Reshape(x.Shape.AsSpan()));
            Console.WriteLine();
        }
    }
}
