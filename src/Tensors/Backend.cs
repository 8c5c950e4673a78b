using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Memory;
using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors;

/// <summary>
/// What a device can do: one method per primitive, over pointers into its memory and sizes. Elements lie in order without gaps unless a method
/// takes a <see cref="Strided"/> way; outputs never overlap inputs unless a method says so.
/// </summary>
internal abstract unsafe class Backend
{
    protected Backend() => Pool = new StoragePool(this);

    internal StoragePool Pool { get; }

    internal abstract void* Allocate(long bytes);

    internal abstract void Free(void* block);

    internal abstract void Upload(ReadOnlySpan<byte> from, void* to);

    internal abstract void Download(void* from, Span<byte> to);

    /// <summary>Sets every element.</summary>
    internal abstract void Fill(float* y, int count, float value);

    /// <summary>Writes the elements of a view, of 1, 2, 4 or 8 bytes each, in order.</summary>
    internal abstract void Copy(void* x, void* y, int elementSize, in Strided way);

    /// <summary>Writes elements that lie in order to where a view has them.</summary>
    internal abstract void Place(void* x, void* y, int elementSize, in Strided way);

    /// <summary>y = f(x).</summary>
    internal abstract void Map(UnaryFunction function, float* x, float* y, int count);

    /// <summary>y = f(a, b), the inputs repeated to one shape.</summary>
    internal abstract void Map(BinaryFunction function, float* a, float* b, float* y, in StridedPair way);

    /// <summary>y = activation(x); y may be x.</summary>
    internal abstract void Activate(Activation activation, float* x, float* y, int count);

    /// <summary>dx = dy · activation'(x). The input is x for GELU and SiLU, whose derivative is not a function of the output, and y for the others.</summary>
    internal abstract void ActivateGradient(Activation activation, float* input, float* dy, float* dx, int count);

    /// <summary>y = x / (1 - rate) with probability 1 - rate, otherwise 0.</summary>
    internal abstract void Dropout(float* x, float* y, int count, RandomStream stream, float rate);

    internal abstract void FillUniform(float* y, int count, RandomStream stream, float low, float high);

    internal abstract void FillNormal(float* y, int count, RandomStream stream, float mean, float deviation);

    /// <summary>Writes elements of one type as another.</summary>
    internal abstract void Convert(void* x, ElementType from, void* y, ElementType to, int count);

    /// <summary>y = a where the mask is not 0, otherwise b.</summary>
    internal abstract void Select(float* mask, float* a, float* b, float* y, int count);

    /// <summary>Sums the middle axis of (outer, count, inner).</summary>
    internal abstract void Sum(float* x, float* y, int outer, int count, int inner);

    /// <summary>The softmax of each row, or its logarithm.</summary>
    internal abstract void Softmax(float* x, float* y, int rows, int columns, bool isLog);

    internal abstract void SoftmaxGradient(float* y, float* dy, float* dx, int rows, int columns, bool isLog);

    /// <summary>The mean cross-entropy of the rows' softmax, one number, and its derivative when <paramref name="dx"/> is not null.</summary>
    /// <remarks>The targets are a class for each row, <see cref="Tensor.LeftOut"/> among them, or a distribution of single-precision numbers; weights, when there are some, one for each class.</remarks>
    internal abstract void CrossEntropy(float* x, void* targets, bool isByClass, float* weights, float smoothing, float* loss, float* dx, int rows, int columns);

    /// <summary>The position of the first index that is neither from 0 to before the end nor, where that may be, <see cref="Tensor.LeftOut"/>; -1 when there is none.</summary>
    internal abstract int FirstOutside(long* indices, int count, int end, bool mayBeLeftOut);

    /// <summary>y[o, i, ·] = x[o, indices[i], ·].</summary>
    internal abstract void SelectLines(in Lines lines, float* x, long* indices, float* y);

    /// <summary>y[o, indices[i], ·] += x[o, i, ·], in the order of i.</summary>
    internal abstract void AddLines(in Lines lines, float* x, long* indices, float* y);

    /// <summary>y[o, i, k] = x[o, indices[o, i, k], k].</summary>
    internal abstract void Gather(in Lines lines, float* x, long* indices, float* y);

    /// <summary>y[o, indices[o, i, k], k] += x[o, i, k], in the order of i.</summary>
    internal abstract void ScatterAdd(in Lines lines, float* x, long* indices, float* y);

    /// <summary>The first greatest along the middle axis; NaN is greater than all.</summary>
    internal abstract void ArgMax(in Lines lines, float* x, long* y);

    /// <summary>The matrix product of each pair of a batch.</summary>
    internal abstract void Multiply(in ProductSize size, void* a, void* b, float* bias, float* c);

    /// <summary>Numbers that the packed second factor of a product takes.</summary>
    internal abstract long PackedLength(in ProductSize size);

    /// <summary>Brings the second factor into the order that <see cref="MultiplyPacked"/> reads it in.</summary>
    internal abstract void PackFactor(in ProductSize size, void* b, float* packed);

    /// <summary>The matrix product with a packed factor. A row of it does not depend on how many there are.</summary>
    internal abstract void MultiplyPacked(in ProductSize size, void* a, float* packed, float* bias, float* c);

    /// <summary>The convolution, then max(0, y) if it is rectified; the bias is null when there is none.</summary>
    internal abstract void Convolve(in ConvolutionSize size, float* x, float* weight, float* bias, bool isRectified, float* y);

    /// <summary>Numbers that packed weights take.</summary>
    internal abstract long PackedLength(in ConvolutionSize size);

    /// <summary>Brings weights into the order that <see cref="ConvolvePacked"/> reads them in, which depends on the size of images but not on their number when it is by image.</summary>
    internal abstract void PackWeights(in ConvolutionSize size, float* weight, float* packed);

    /// <inheritdoc cref="Convolve"/>
    internal abstract void ConvolvePacked(in ConvolutionSize size, float* x, float* packed, float* bias, bool isRectified, float* y);

    internal abstract void ConvolveInputGradient(in ConvolutionSize size, float* dy, float* weight, float* dx);

    internal abstract void ConvolveWeightGradients(in ConvolutionSize size, float* x, float* dy, float* dWeight, float* dBias);

    /// <summary>Batch normalization by the rows' own mean and variance, toward which the running ones move; mean and 1 / √(variance + ε) are kept for the gradient.</summary>
    internal abstract void BatchNormalize(in NormalizationData data, float epsilon, float* mean, float* inverse, float momentum, float* runningMean, float* runningVariance);

    /// <summary>Batch normalization by a mean and a variance that are known; 1 / √(variance + ε) is kept for the gradient.</summary>
    internal abstract void BatchNormalizeByKnown(in NormalizationData data, float epsilon, float* mean, float* variance, float* inverse);

    internal abstract void BatchNormalizeGradient(in NormalizationData data, float* mean, float* inverse, bool isKnown);

    /// <summary>Layer and group normalization; mean and 1 / √(variance + ε) of each group are kept for the gradient. Weight and bias are null where there are none.</summary>
    internal abstract void GroupNormalize(in GroupSize size, float* x, float* weight, float* bias, float epsilon, float* y, float* mean, float* inverse);

    internal abstract void GroupNormalizeGradient(in GroupSize size, float* x, float* dy, float* weight, float* mean, float* inverse, float* dx, float* dWeight, float* dBias);

    /// <summary>Attention; the logarithms of the sums of each query's powers are kept for the gradient.</summary>
    internal abstract void Attend(in AttentionSize size, float* query, float* key, float* value, float* y, float* logs);

    internal abstract void AttendGradient(in AttentionSize size, float* query, float* key, float* value, float* y, float* logs, float* dy, float* dQuery, float* dKey, float* dValue);

    /// <summary>One step of an LSTM from the sums of its gates (batch, 4 size), which the gates' values replace.</summary>
    internal abstract void LstmStep(int batch, int size, float* gates, float* before, float* cell, float* hidden);

    /// <summary>Its gradient; dCell is null in the last step, and may be dBefore.</summary>
    internal abstract void LstmStepGradient(int batch, int size, float* gates, float* before, float* cell, float* dHidden, float* dCell, float* dGates, float* dBefore);

    /// <summary>One step of a GRU from the sums of the input and of the state (batch, 3 size).</summary>
    internal abstract void GruStep(int batch, int size, float* fromInput, float* fromState, float* before, float* gates, float* hidden);

    /// <summary>Its gradient; dBefore receives what does not come through the sums of the state.</summary>
    internal abstract void GruStepGradient(int batch, int size, float* gates, float* fromState, float* before, float* dHidden, float* dFromInput, float* dFromState, float* dBefore);

    /// <summary>The greatest of each window, of 0 and it if it is rectified, and its place in the window unless that is null.</summary>
    internal abstract void MaxPool(in PoolingSize size, float* x, bool isRectified, float* y, byte* places);

    internal abstract void MaxPoolGradient(in PoolingSize size, float* dy, byte* places, float* dx);

    internal abstract void AveragePool(in PoolingSize size, float* x, bool countsPadding, float* y);

    internal abstract void AveragePoolGradient(in PoolingSize size, float* dy, bool countsPadding, float* dx);

    /// <summary>One step of stochastic gradient descent, in place; the momentum is null when there is none.</summary>
    internal abstract void Update(in SgdStep step, float* w, float* g, float* momentum, int count);

    /// <summary>One step of Adam, in place.</summary>
    internal abstract void Update(in AdamStep step, float* w, float* g, float* mean, float* square, int count);

    internal abstract double SumOfSquares(float* x, int count);

    /// <summary>Multiplies every element, in place.</summary>
    internal abstract void Scale(float* x, int count, float factor);
}
