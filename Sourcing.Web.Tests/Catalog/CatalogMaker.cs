using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

/// <summary>Units, parts, suppliers and prices through the services, as a buyer makes them.</summary>
internal static class CatalogMaker
{
    private static int _count;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A code that no other test has.</summary>
    public static string Code(string prefix) => $"{prefix}{Interlocked.Increment(ref _count):0000}";

    public static Task<Guid> UnitAsync(this TestScope scope, string code, Dimension dimension = Dimension.Count, decimal factor = 1) =>
        scope.Get<CatalogService>().SaveUnitAsync(new() { Code = code, Name = code, Dimension = dimension, Factor = factor }, Ct);

    public static Task<Guid> PartAsync(this TestScope scope, Guid unit, string? number = null, string name = "Deep groove ball bearing", Action<PartForm>? more = null)
    {
        var form = new PartForm { Number = number ?? Code("P-"), Name = name, UnitId = unit };
        more?.Invoke(form);
        return scope.Get<PartService>().SaveAsync(form, Ct);
    }

    public static Task<Guid> SupplierAsync(this TestScope scope, string? name = null, Action<SupplierForm>? more = null)
    {
        var code = Code("S-");
        var form = new SupplierForm { Code = code, Name = name ?? $"Orvane Works {code}" };
        more?.Invoke(form);
        return scope.Get<SupplierService>().SaveAsync(form, Ct);
    }

    public static Task<Guid> PriceAsync(this TestScope scope, Guid supplier, Guid part, decimal cost, Action<SupplierPartForm>? more = null)
    {
        var form = new SupplierPartForm { SupplierId = supplier, PartId = part, UnitCost = cost, LeadTimeDays = 14 };
        more?.Invoke(form);
        return scope.Get<SupplierPartService>().SaveAsync(form, Ct);
    }

    public static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAnyAsync<RefusedException>(act)).Message;
}
