using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Bills of materials through the service, and one written past it as an import might.</summary>
internal static class BomMaker
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static BomLineForm Line(Guid component, decimal quantity, Guid unit, decimal? scrap = null, DateOnly? from = null, DateOnly? to = null) =>
        new() { ComponentId = component, Quantity = quantity, UnitId = unit, ScrapPercent = scrap, ValidFrom = from, ValidTo = to };

    public static BomLineForm Share(Guid component, decimal percent, decimal? scrap = null, DateOnly? from = null, DateOnly? to = null) =>
        new() { ComponentId = component, Quantity = percent, IsShare = true, ScrapPercent = scrap, ValidFrom = from, ValidTo = to };

    /// <summary>Adds lines to what is there.</summary>
    public static async Task<Guid> MakeAsync(this TestScope scope, Guid part, params BomLineForm[] lines)
    {
        var form = await scope.Get<BomQueries>().FormAsync(part, Ct);
        form.Lines.AddRange(lines);
        return await scope.Get<BomService>().SaveAsync(form, Ct);
    }

    public static async Task YieldAsync(this TestScope scope, Guid part, decimal percent, bool phantom = false)
    {
        var form = await scope.Get<BomQueries>().FormAsync(part, Ct);
        (form.YieldPercent, form.IsPhantom) = (percent, phantom);
        await scope.Get<BomService>().SaveAsync(form, Ct);
    }

    public static Task<int> ImportedLineAsync(this TestDatabase database, Guid parent, Guid component, Guid unit) => database.SqlAsync(
        "insert into bom_lines (id, parent_part_id, component_part_id, quantity_per, unit_id, is_share, scrap_rate, valid_from, position) values (gen_random_uuid(), $1, $2, 1, $3, false, 0, '2000-01-01', 10)",
        parent, component, unit);

    public static async Task<string> NumberAsync(this TestDatabase database, Guid part) => await database.ScalarAsync<string>("select number from parts where id = $1", part);

    public static async Task<IReadOnlyList<Guid>> PartsAsync(this TestDatabase database, Guid unit, int count)
    {
        var parts = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            parts.Add(await database.StockPartAsync(unit, $"Made thing {i + 1}"));
        }

        return parts;
    }

    public static async Task<RefusedException> RefusedAsync(Func<Task> act) => await Assert.ThrowsAnyAsync<RefusedException>(act);
}
