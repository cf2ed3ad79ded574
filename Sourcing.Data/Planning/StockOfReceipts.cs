using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Planning;

/// <summary>
/// Received goods go into stock, and out of it again when their receipt is taken back: each receipt once, in the part's own unit. A unit that
/// does not convert moves nothing; planners are told, and it stands among what is to be mended until it moves or somebody counts.
/// </summary>
/// <remarks>Part of receiving, so it asks for no right of its own: whoever may receive moves stock by it.</remarks>
public sealed class StockOfReceipts(CurrentUser user) : IFollowsReceipts
{
    /// <summary>A receipt whose stock did not move.</summary>
    internal sealed record Left(OrderLine Line, Receipt Receipt, string PartNumber, string Why);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, string>> ForeseeAsync(SourcingDb db, IReadOnlyList<OrderLine> lines, CancellationToken ct)
    {
        var stocked = await StockedAsync(db, lines.Select(l => l.PartId), ct);
        var (units, partUnits) = await UnitsAsync(db, stocked.Values, lines, ct);
        return lines.Where(l => l.PartId is { } id && stocked.TryGetValue(id, out var part) && units?.FactorOrNull(l.UnitId, part.UnitId, partUnits[id]) is null && l.UnitId != part.UnitId)
            .ToDictionary(l => l.Id, l => Why(l, stocked[l.PartId!.Value]));
    }

    /// <inheritdoc/>
    public async Task ReceivedAsync(SourcingDb db, Order order, IReadOnlyList<Receipt> receipts, CancellationToken ct)
    {
        var left = await MoveAsync(db, order.Number, [.. receipts.Select(r => (order.Lines.Single(l => l.Id == r.OrderLineId), r))], ct);
        if (left.Count == 0)
        {
            return;
        }

        var planners = (await db.People.Where(p => p.IsActive).Select(p => new { p.Id, p.Roles }).ToListAsync(ct))
            .Where(p => Permissions.Allow(p.Roles.Split(',').Where(r => Enum.TryParse<Role>(r, out _)).Select(Enum.Parse<Role>), Permission.PlanningWrite))
            .Select(p => p.Id).ToList();
        foreach (var one in left)
        {
            await db.NotifyAsync(
                planners, $"{StockQuantity.Text(one.Receipt.Quantity)} {one.Line.Unit} of {one.PartNumber} came in with {order.Number}, and stock did not move. {one.Why}",
                "/inventory?tab=mend", "inventory_2", ct);
        }
    }

    /// <inheritdoc/>
    public async Task TakenBackAsync(SourcingDb db, Order order, Receipt receipt, CancellationToken ct)
    {
        // What really moved goes back, whatever the part's conversions say by now.
        if (await db.StockMovements.AsNoTracking().SingleOrDefaultAsync(m => m.ReceiptId == receipt.Id && m.Kind == StockMovementKind.Receipt, ct) is not { } moved)
        {
            return;
        }

        var stock = (await db.HeldStockAsync([moved.PartId], ct))[moved.PartId];
        var line = order.Lines.Single(l => l.Id == receipt.OrderLineId);
        db.Add(stock.Move(StockMovementKind.ReceiptTakenBack, -moved.Quantity, $"{order.Number} line {line.LineNo}", await db.ClockAsync(ct), user.Id, receipt.Id));
        await db.AnnounceAsync("inventory", moved.PartId, ct);
    }

    /// <summary>Moves what can move and gives back what cannot. Lines without a part, services and receipts of nothing accepted are passed over.</summary>
    internal static async Task<IReadOnlyList<Left>> MoveAsync(SourcingDb db, string orderNumber, IReadOnlyList<(OrderLine Line, Receipt Receipt)> receipts, CancellationToken ct)
    {
        var stocked = await StockedAsync(db, receipts.Where(r => r.Receipt.Quantity > 0).Select(r => r.Line.PartId), ct);
        var goods = receipts.Where(r => r.Receipt.Quantity > 0 && r.Line.PartId is { } id && stocked.ContainsKey(id)).ToList();
        if (goods.Count == 0)
        {
            return [];
        }

        var (units, partUnits) = await UnitsAsync(db, stocked.Values, [.. goods.Select(g => g.Line)], ct);
        var stocks = await db.HeldStockAsync(stocked.Keys, ct);
        var now = await db.ClockAsync(ct);
        var left = new List<Left>();
        foreach (var (line, receipt) in goods)
        {
            var part = stocked[line.PartId!.Value];
            var factor = line.UnitId == part.UnitId ? 1 : units?.FactorOrNull(line.UnitId, part.UnitId, partUnits[part.Id]);
            if (factor is null)
            {
                left.Add(new(line, receipt, part.Number, Why(line, part)));
                continue;
            }

            var said = line.UnitId == part.UnitId ? "" : $", {StockQuantity.Text(receipt.Quantity)} {line.Unit}";
            var quantity = StockQuantity.Kept(receipt.Quantity * factor.Value, nameof(receipt.Quantity), part.Unit);
            db.Add(stocks[part.Id].Move(StockMovementKind.Receipt, quantity, $"{orderNumber} line {line.LineNo}{said}", now, receipt.ReceivedBy, receipt.Id));
        }

        foreach (var part in stocked.Keys)
        {
            await db.AnnounceAsync("inventory", part, ct);
        }

        return left;
    }

    private static string Why(OrderLine line, StockedPart part) => $"No conversion from {line.Unit} to {part.Unit} for {part.Number}.";

    // Deleted parts too: goods that were ordered while they lived arrive all the same.
    private static async Task<Dictionary<Guid, StockedPart>> StockedAsync(SourcingDb db, IEnumerable<Guid?> partIds, CancellationToken ct)
    {
        var ids = partIds.OfType<Guid>().Distinct().ToArray();
        return ids.Length == 0 ? [] : await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => ids.Contains(p.Id) && p.Type != PartType.Service)
            .Select(p => new StockedPart(p.Id, p.Number, p.UnitId, db.Units.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).First(u => u.Id == p.UnitId).Code, p.Type))
            .ToDictionaryAsync(p => p.Id, ct);
    }

    // Mostly a delivery comes in the parts' own units, and nothing has to be read.
    private static async Task<(UnitConversion? Units, IReadOnlyDictionary<Guid, PartUnits> Parts)> UnitsAsync(
        SourcingDb db, IReadOnlyCollection<StockedPart> parts, IReadOnlyList<OrderLine> lines, CancellationToken ct) =>
        parts.Any(p => lines.Any(l => l.PartId == p.Id && l.UnitId != p.UnitId))
            ? (await db.UnitConversionAsync(ct), await db.PartUnitsAsync([.. parts.Select(p => p.Id)], ct))
            : (null, new Dictionary<Guid, PartUnits>());
}
