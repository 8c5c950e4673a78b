using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class SymmetricEigenTests
{
    private static (double[] Values, double[] Vectors) Decompose(double[] matrix, int size)
    {
        double[] values = new double[size], vectors = new double[size * size];
        SymmetricEigen.Decompose([.. matrix], vectors, values, new double[2 * size]);
        return (values, vectors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(60)]
    public void Vectors_are_orthonormal_and_give_the_matrix_back(int size)
    {
        var random = new Random(size);
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
            for (int j = i; j < size; j++) matrix[(i * size) + j] = matrix[(j * size) + i] = random.NextDouble() - 0.5;
        var (values, vectors) = Decompose(matrix, size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double product = 0, back = 0;
                for (int k = 0; k < size; k++)
                {
                    product += vectors[(i * size) + k] * vectors[(j * size) + k];
                    back += values[k] * vectors[(k * size) + i] * vectors[(k * size) + j];
                }
                Assert.Equal(i == j ? 1 : 0, product, 1e-12);
                Assert.Equal(matrix[(i * size) + j], back, 1e-12);
            }
        }
    }

    // 2 − 2 cos(kπ / (n + 1)): the second difference.
    [Fact]
    public void Known_values_are_found()
    {
        const int Size = 40;
        double[] matrix = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            matrix[(i * Size) + i] = 2;
            if (i > 0) matrix[(i * Size) + i - 1] = matrix[((i - 1) * Size) + i] = -1;
        }
        Assert.Equal(Enumerable.Range(1, Size).Select(k => 2 - (2 * Math.Cos(k * Math.PI / (Size + 1)))), Decompose(matrix, Size).Values.Order(), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void A_matrix_of_ones_and_one_of_zeros_are_no_trouble()
    {
        Assert.Equal([0, 0, 0, 0, 5], Decompose([.. Enumerable.Repeat(1.0, 25)], 5).Values.Order(), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.All(Decompose(new double[9], 3).Values, value => Assert.Equal(0, value));
    }
}
