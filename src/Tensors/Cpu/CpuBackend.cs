using System.Runtime.InteropServices;
using MLPipelines.Tensors.Cpu.Convolutions;
using MLPipelines.Tensors.Cpu.Normalization;
using MLPipelines.Tensors.Cpu.Pooling;
using MLPipelines.Tensors.Memory;
using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The primitives on the processor: each forwards to its kernel.</summary>
internal sealed unsafe class CpuBackend : Backend
{
    internal override void* Allocate(long bytes) => NativeMemory.AlignedAlloc((nuint)bytes, 64);

    internal override void Free(void* block) => NativeMemory.AlignedFree(block);

    internal override void Upload(ReadOnlySpan<byte> from, void* to) => from.CopyTo(new Span<byte>(to, from.Length));

    internal override void Download(void* from, Span<byte> to) => new ReadOnlySpan<byte>(from, to.Length).CopyTo(to);

    internal override void Fill(float* y, int count, float value) => new Span<float>(y, count).Fill(value);

    internal override void Copy(void* x, void* y, int elementSize, in Strided way) => StridedCopy.Run(x, y, elementSize, way);

    internal override void Place(void* x, void* y, int elementSize, in Strided way) => StridedCopy.Place(x, y, elementSize, way);

    internal override void Map(UnaryFunction function, float* x, float* y, int count) => UnaryKernels.Run(function, x, y, count);

    internal override void Map(BinaryFunction function, float* a, float* b, float* y, in StridedPair way) => BinaryKernels.Run(function, a, b, y, way);

    internal override void Activate(Activation activation, float* x, float* y, int count) => ActivationKernels.Run(activation, x, y, count);

    internal override void ActivateGradient(Activation activation, float* input, float* dy, float* dx, int count) =>
        ActivationKernels.Gradient(activation, input, dy, dx, count);

    internal override void Dropout(float* x, float* y, int count, RandomStream stream, float rate) => RandomKernels.Dropout(x, y, count, stream, rate);

    internal override void FillUniform(float* y, int count, RandomStream stream, float low, float high) => RandomKernels.Uniform(y, count, stream, low, high);

    internal override void FillNormal(float* y, int count, RandomStream stream, float mean, float deviation) => RandomKernels.Normal(y, count, stream, mean, deviation);

    internal override void Convert(void* x, ElementType from, void* y, ElementType to, int count) => Conversions.Run(x, from, y, to, count);

    internal override void Select(float* mask, float* a, float* b, float* y, int count) => BinaryKernels.Select(mask, a, b, y, count);

    internal override void Sum(float* x, float* y, int outer, int count, int inner) => SumKernels.Run(x, y, outer, count, inner);

    internal override void Softmax(float* x, float* y, int rows, int columns, bool isLog) => SoftmaxKernels.Run(x, y, rows, columns, isLog);

    internal override void SoftmaxGradient(float* y, float* dy, float* dx, int rows, int columns, bool isLog) => SoftmaxKernels.Gradient(y, dy, dx, rows, columns, isLog);

    internal override void CrossEntropy(float* x, void* targets, bool isByClass, float* weights, float smoothing, float* loss, float* dx, int rows, int columns) =>
        CrossEntropyKernels.Run(x, targets, isByClass, weights, smoothing, loss, dx, rows, columns);

    internal override int FirstOutside(long* indices, int count, int end, bool mayBeLeftOut) => IndexKernels.FirstOutside(indices, count, end, mayBeLeftOut);

    internal override void SelectLines(in Lines lines, float* x, long* indices, float* y) => IndexKernels.SelectLines(lines, x, indices, y);

    internal override void AddLines(in Lines lines, float* x, long* indices, float* y) => IndexKernels.AddLines(lines, x, indices, y);

    internal override void Gather(in Lines lines, float* x, long* indices, float* y) => IndexKernels.Gather(lines, x, indices, y);

    internal override void ScatterAdd(in Lines lines, float* x, long* indices, float* y) => IndexKernels.ScatterAdd(lines, x, indices, y);

    internal override void ArgMax(in Lines lines, float* x, long* y) => IndexKernels.ArgMax(lines, x, y);

    internal override void Multiply(in ProductSize size, void* a, void* b, float* bias, float* c) => BatchedProduct.Of(size, a, b, bias, c).Run();

    internal override long PackedLength(in ProductSize size) => BlockedProduct.PackedLength(size.Inner, size.Columns);

    internal override void PackFactor(in ProductSize size, void* b, float* packed) =>
        BlockedProduct.PackPanels(new Matrix(b, size.RowStrideB, size.ColumnStrideB, size.IsHalfB), size.Inner, size.Columns, packed);

    internal override void MultiplyPacked(in ProductSize size, void* a, float* packed, float* bias, float* c)
    {
        BatchedProduct product = BatchedProduct.Of(size, a, null, bias, c);
        product.First.Packed = packed;
        product.First.Run();
    }

    internal override void Convolve(in ConvolutionSize size, float* x, float* weight, float* bias, bool isRectified, float* y) =>
        Convolution.Forward(size, x, weight, bias, isRectified, y);

    internal override long PackedLength(in ConvolutionSize size) => Convolution.PackedLength(size);

    internal override void PackWeights(in ConvolutionSize size, float* weight, float* packed) => Convolution.Pack(size, weight, packed);

    internal override void ConvolvePacked(in ConvolutionSize size, float* x, float* packed, float* bias, bool isRectified, float* y) =>
        Convolution.ForwardPacked(size, x, packed, bias, isRectified, y);

    internal override void ConvolveInputGradient(in ConvolutionSize size, float* dy, float* weight, float* dx) => Convolution.InputGradient(size, dy, weight, dx);

    internal override void ConvolveWeightGradients(in ConvolutionSize size, float* x, float* dy, float* dWeight, float* dBias) =>
        Convolution.WeightGradients(size, x, dy, dWeight, dBias);

    internal override void BatchNormalize(in NormalizationData data, float epsilon, float* mean, float* inverse, float momentum, float* runningMean, float* runningVariance)
    {
        BatchNormalization.Train(data, epsilon, mean, inverse);
        BatchNormalization.Follow(data, epsilon, momentum, mean, inverse, runningMean, runningVariance);
    }

    internal override void BatchNormalizeByKnown(in NormalizationData data, float epsilon, float* mean, float* variance, float* inverse)
    {
        BatchNormalization.Inverse(data.Channels, variance, epsilon, inverse);
        BatchNormalization.Infer(data, mean, inverse);
    }

    internal override void BatchNormalizeGradient(in NormalizationData data, float* mean, float* inverse, bool isKnown) => BatchNormalization.Backward(data, mean, inverse, isKnown);

    internal override void GroupNormalize(in GroupSize size, float* x, float* weight, float* bias, float epsilon, float* y, float* mean, float* inverse) =>
        GroupNormalization.Forward(size, x, weight, bias, epsilon, y, mean, inverse);

    internal override void GroupNormalizeGradient(in GroupSize size, float* x, float* dy, float* weight, float* mean, float* inverse, float* dx, float* dWeight, float* dBias) =>
        GroupNormalization.Backward(size, x, dy, weight, mean, inverse, dx, dWeight, dBias);

    internal override void Attend(in AttentionSize size, float* query, float* key, float* value, float* y, float* logs) => AttentionKernels.Forward(size, query, key, value, y, logs);

    internal override void AttendGradient(in AttentionSize size, float* query, float* key, float* value, float* y, float* logs, float* dy, float* dQuery, float* dKey, float* dValue) =>
        AttentionKernels.Backward(size, query, key, value, y, logs, dy, dQuery, dKey, dValue);

    internal override void LstmStep(int batch, int size, float* gates, float* before, float* cell, float* hidden) => LstmCell.Forward(batch, size, gates, before, cell, hidden);

    internal override void LstmStepGradient(int batch, int size, float* gates, float* before, float* cell, float* dHidden, float* dCell, float* dGates, float* dBefore) =>
        LstmCell.Backward(batch, size, gates, before, cell, dHidden, dCell, dGates, dBefore);

    internal override void GruStep(int batch, int size, float* fromInput, float* fromState, float* before, float* gates, float* hidden) =>
        GruCell.Forward(batch, size, fromInput, fromState, before, gates, hidden);

    internal override void GruStepGradient(int batch, int size, float* gates, float* fromState, float* before, float* dHidden, float* dFromInput, float* dFromState, float* dBefore) =>
        GruCell.Backward(batch, size, gates, fromState, before, dHidden, dFromInput, dFromState, dBefore);

    internal override void MaxPool(in PoolingSize size, float* x, bool isRectified, float* y, byte* places) => MaxPooling.Forward(size, x, isRectified, y, places);

    internal override void MaxPoolGradient(in PoolingSize size, float* dy, byte* places, float* dx) => MaxPooling.Backward(size, dy, places, dx);

    internal override void AveragePool(in PoolingSize size, float* x, bool countsPadding, float* y) => AveragePooling.Forward(size, x, countsPadding, y);

    internal override void AveragePoolGradient(in PoolingSize size, float* dy, bool countsPadding, float* dx) => AveragePooling.Backward(size, dy, countsPadding, dx);

    internal override void Update(in SgdStep step, float* w, float* g, float* momentum, int count) => UpdateKernels.Sgd(step, w, g, momentum, count);

    internal override void Update(in AdamStep step, float* w, float* g, float* mean, float* square, int count) => UpdateKernels.Adam(step, w, g, mean, square, count);

    internal override double SumOfSquares(float* x, int count) => UpdateKernels.SumOfSquares(x, count);

    internal override void Scale(float* x, int count, float factor) => UpdateKernels.Scale(x, count, factor);
}
