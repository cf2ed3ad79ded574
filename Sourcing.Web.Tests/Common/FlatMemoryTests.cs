using Sourcing.Data.Common.Files;
using Sourcing.Data.Imports.Reading;
using Sourcing.Web.Tests.Imports;

namespace Sourcing.Web.Tests.Common;

/// <summary>Tests that read how much memory the process holds: they run after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>What is read and written passes through; the server's memory does not grow with it.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class FlatMemoryTests
{
    private const long Most = 8 << 20; // 200,000 rows held in memory would be 18 MB and more.

    [Fact]
    public void A_spreadsheet_of_a_hundred_thousand_rows_is_written_with_flat_memory()
    {
        using var sheet = SheetWriter.Xlsx(Stream.Null, "Many", TimeZoneInfo.Utc);
        object?[] row = ["MAT-20433", "Combed cotton yarn Ne 24/1, raw white", 8460m, 3.72m, "EUR", new DateOnly(2026, 11, 30)];
        sheet.Row(row);
        var before = Held();
        for (var i = 0; i < 100_000; i++)
        {
            sheet.Row(row);
        }

        Assert.InRange(Held() - before, long.MinValue, Most);
    }

    [Fact]
    public void A_file_of_two_hundred_thousand_rows_is_read_with_flat_memory()
    {
        using var file = TestFile.Generated(200_000);
        using var reader = TableFile.Open(file.Path, TableFile.Inspect(file.Path, file.Name));
        var (early, rows) = (0L, 0);
        for (; reader.Read(); rows++)
        {
            early = rows == 1_000 ? Held() : early;
        }

        Assert.Equal(200_001, rows);
        Assert.InRange(Held() - early, long.MinValue, Most);
    }

    private static long Held() => GC.GetTotalMemory(forceFullCollection: true);
}
