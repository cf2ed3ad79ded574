namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>Solves small symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>x with matrix · x = right; false where the matrix is not positive definite as far as doubles tell.</summary>
    public static bool Solve(double[,] matrix, double[] right, out double[] x)
    {
        var n = right.Length;
        var lower = new double[n, n];
        x = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                if (i != j)
                {
                    lower[i, j] = sum / lower[j, j];
                }
                else if (sum > 0 && double.IsFinite(sum))
                {
                    lower[i, i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= lower[i, k] * x[k];
            }

            x[i] /= lower[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= lower[k, i] * x[k];
            }

            x[i] /= lower[i, i];
        }

        return true;
    }
}
