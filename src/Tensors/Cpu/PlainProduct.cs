namespace MLPipelines.Tensors.Cpu;

/// <summary>The matrix product as it is defined.</summary>
internal static unsafe class PlainProduct
{
    internal static void Run(in Tensors.MatrixProduct product, float* a, float* b, float* bias, float* c)
    {
        for (int batch = 0; batch < product.Batch; batch++, a += product.BatchStrideA, b += product.BatchStrideB)
        {
            for (int row = 0; row < product.Rows; row++, c += product.Columns)
            {
                for (int column = 0; column < product.Columns; column++)
                {
                    float sum = bias is null ? 0 : bias[column];
                    for (int k = 0; k < product.Inner; k++)
                        sum += a[(long)row * product.RowStrideA + (long)k * product.ColumnStrideA] * b[(long)k * product.RowStrideB + (long)column * product.ColumnStrideB];
                    c[column] = sum;
                }
                ActivationKernels.Run(product.Activation, c, c, product.Columns);
            }
        }
    }
}
