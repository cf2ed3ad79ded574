using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>Reads bills of materials: as they are typed, through all levels, and upwards.</summary>
public sealed class BomQueries(Database database, CurrentUser user)
{
    /// <summary>Places in a tree at most.</summary>
    public const int MostNodes = 5000;

    /// <summary>Cycles told of at most.</summary>
    public const int MostCycles = 50;

    /// <summary>A part's bill of materials with all its lines. A part without one comes with none. Refuses a part that is not there.</summary>
    public Task<BomDetails> DetailsAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var deleted = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == partId).Select(p => (bool?)(p.DeletedAt != null)).SingleOrDefaultAsync(token)
                    ?? throw new MissingException("part");
                var today = Today(await db.NowAsync(token));
                var head = await db.BillsOfMaterials.AsNoTracking().SingleOrDefaultAsync(b => b.PartId == partId, token);
                var lines = await db.BomLines.AsNoTracking().Where(l => l.ParentPartId == partId).OrderBy(l => l.Position).ThenBy(l => l.ValidFrom).ThenBy(l => l.Id).Take(BomForm.MostLines * 2).ToListAsync(token);
                var ids = lines.Select(l => l.ComponentPartId).Append(partId).Distinct().ToList();
                var parts = await db.BomPartsAsync(ids, token);
                var arithmetic = await BomArithmetic.ForAsync(db, ids, token);
                var tree = await db.TreeBelowAsync([partId], today, token);
                var part = parts[partId];
                return new BomDetails(
                    partId, part.Number, part.Name, part.UnitId, part.Unit, head is not null || lines.Count > 0, !deleted, (head?.Yield ?? 1) * 100, head?.IsPhantom ?? false, head?.Note ?? "",
                    head?.Version ?? 0, await db.BomLines.Where(l => l.ComponentPartId == partId && l.ParentPart.DeletedAt == null && (l.ValidTo == null || l.ValidTo >= today)).Select(l => l.ParentPartId).Distinct().CountAsync(token),
                    BomGraphReading.Way(tree, partId, partId) is { } way ? await db.NumbersAsync(way, token) : null)
                {
                    Lines = [.. lines.Select(l => View(l, part, parts[l.ComponentPartId], arithmetic, tree[l.ComponentPartId].Any()))],
                    Shares = BomSharePeriod.Of([.. lines.Where(l => l.IsShare).Select(l => (l.ValidFrom, l.ValidTo, l.QuantityPer))]),
                };
            }, ct);
    }

    /// <summary>The form for changing a part's bill of materials. Refuses a part that is not there or was deleted.</summary>
    public async Task<BomForm> FormAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        var bom = await DetailsAsync(partId, ct) is { MayChange: true } found ? found : throw new MissingException("part");
        return new()
        {
            PartId = partId, Version = bom.Version, YieldPercent = Plain(bom.YieldPercent), IsPhantom = bom.IsPhantom, Note = bom.Note, Opened = [.. bom.Lines.Select(l => l.Id)],
            Lines = [.. bom.Lines.Select(l => new BomLineForm
            {
                Id = l.Id, Version = l.Version, ComponentId = l.ComponentId, Component = $"{l.Number} {l.Name}", Quantity = Plain(l.IsShare ? l.Quantity * 100 : l.Quantity), IsShare = l.IsShare,
                UnitId = l.UnitId, ScrapPercent = l.ScrapRate == 0 ? null : Plain(l.ScrapRate * 100), ValidFrom = l.ValidFrom == BomLine.Always ? null : l.ValidFrom, ValidTo = l.ValidTo,
            })],
        };
    }

    /// <summary>
    /// A bill of materials through all its levels, for so many of the part, with the lines that hold on a day. Structure in one statement; prices, units and
    /// rates in a few more, whatever its size. A bought part costs what its cheapest supplier asks at the quantity needed, else its standard cost.
    /// </summary>
    /// <param name="quantity">In the part's unit; above 0.</param>
    public Task<BomTree> ExplodeAsync(Guid partId, decimal quantity, DateOnly on, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        if (quantity is <= 0 or > 1_000_000_000)
        {
            throw new RefusedException("Quantity", "Enter a quantity above 0 and at most 1,000,000,000.");
        }

        return database.ReadAsync(
            async (db, token) =>
            {
                var links = await db.LinksBelowAsync([partId], on, token);
                var ids = links.SelectMany(l => new[] { l.ParentId, l.ComponentId }).Append(partId).Distinct().ToList();
                var parts = await db.BomPartsAsync(ids, token);
                var top = parts.GetValueOrDefault(partId) ?? throw new MissingException("part");
                var explosion = new BomExplosion(partId, links, parts, await BomArithmetic.ForAsync(db, ids, token));
                var needs = explosion.Needs(quantity);
                var bought = explosion.Bought.ToList();
                var prices = await PricesAsync(db, bought, parts, needs, on, token);
                var costs = explosion.UnitCosts(prices);
                var (nodes, cut) = explosion.Tree(quantity, costs);
                var cycles = explosion.Cycles();
                return new BomTree(partId, top.Number, top.Unit, quantity, on, CurrencyConversion.Base, links.Count == 0 || cycles.Count > 0 ? null : costs.GetValueOrDefault(partId) * quantity, cut)
                {
                    Nodes = nodes, Totals = explosion.Totals(needs, costs, prices),
                    Cycles = [.. cycles.Select(way => string.Join(" → ", way.Select(id => parts[id].Number)))],
                    PricesMissing = [.. bought.Where(id => !prices.ContainsKey(id)).Select(id => parts[id].Number).Order(StringComparer.Ordinal)],
                };
            }, ct);
    }

    /// <summary>Where a part is used on a day, through all levels up to what is sold.</summary>
    public Task<BomUses> WhereUsedAsync(Guid partId, DateOnly on, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var links = await db.LinksAboveAsync(partId, on, token);
                var ids = links.SelectMany(l => new[] { l.ParentId, l.ComponentId }).Append(partId).Distinct().ToList();
                var parts = await db.BomPartsAsync(ids, token);
                var part = parts.GetValueOrDefault(partId) ?? throw new MissingException("part");
                var arithmetic = await BomArithmetic.ForAsync(db, ids, token);
                var (uses, cut) = Climb(partId, links, parts, arithmetic);
                return new BomUses(on, part.Unit, uses, cut);
            }, ct);
    }

    /// <summary>Every cycle among bills of materials that hold today or later: an import may bring one. For each knot the shortest.</summary>
    public Task<IReadOnlyList<BomCycle>> CyclesAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<BomCycle>>(
            async (db, token) =>
            {
                var today = Today(await db.NowAsync(token));
                var edges = await db.BomLines.Where(l => l.ParentPart.DeletedAt == null && (l.ValidTo == null || l.ValidTo >= today)).Select(l => new { l.ParentPartId, l.ComponentPartId }).ToListAsync(token);
                var cycles = BomCycles.Find(edges.Select(e => (e.ParentPartId, e.ComponentPartId)), MostCycles);
                var ids = cycles.SelectMany(c => c).Distinct().ToList();
                var numbers = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, token);
                return [.. cycles.Select(way => new BomCycle(way[0], string.Join(" → ", way.Select(id => numbers[id]))))];
            }, ct);
    }

    private static BomLineView View(BomLine line, BomPart parent, BomPart component, BomArithmetic arithmetic, bool made) => new(
        line.Id, component.Id, component.Number, component.Name, component.Unit, line.QuantityPer, line.UnitId, line.UnitId is { } unit ? arithmetic.Code(unit) : null, line.IsShare, line.ScrapRate,
        line.ValidFrom, line.ValidTo, line.Position, line.Version,
        BomExplosion.Kept(arithmetic.PerParent(parent, component, line.QuantityPer, line.UnitId, line.IsShare, line.ScrapRate)), arithmetic.Fault(parent, component, line.UnitId, line.IsShare), made);

    private static (IReadOnlyList<BomUse> Uses, bool IsCut) Climb(Guid partId, IReadOnlyList<BomLink> links, IReadOnlyDictionary<Guid, BomPart> parts, BomArithmetic arithmetic)
    {
        var above = links.OrderBy(l => parts[l.ParentId].Number, StringComparer.Ordinal).ThenBy(l => l.LineId).ToLookup(l => l.ComponentId);
        var uses = new List<BomUse>();
        var way = new HashSet<Guid> { partId };
        var cut = false;
        void Up(Guid component, int? from, int level, decimal? per)
        {
            foreach (var link in above[component])
            {
                if (uses.Count == MostNodes)
                {
                    cut = true;
                    return;
                }

                var parent = parts[link.ParentId];
                var here = per * arithmetic.PerParent(parent, parts[component], link);
                var cycle = way.Contains(parent.Id);
                uses.Add(new(uses.Count, from, level, parent.Id, parent.Number, parent.Name, parent.Unit, BomExplosion.Kept(here), parent.IsPhantom, !above[parent.Id].Any(), cycle));
                if (!cycle)
                {
                    way.Add(parent.Id);
                    Up(parent.Id, uses.Count - 1, level + 1, here);
                    way.Remove(parent.Id);
                }
            }
        }

        Up(partId, null, 1, 1);
        return (uses, cut);
    }

    // The cheapest price that holds on the day, of a supplier that may be ordered from, at the quantity needed; with the lowest key where two are equal.
    private static async Task<IReadOnlyDictionary<Guid, BoughtPrice>> PricesAsync(
        SourcingDb db, IReadOnlyCollection<Guid> bought, IReadOnlyDictionary<Guid, BomPart> parts, IReadOnlyDictionary<Guid, decimal?> needs, DateOnly on, CancellationToken ct)
    {
        var offers = await db.SupplierParts.AsNoTracking().Include(p => p.Breaks).Include(p => p.Supplier)
            .Where(p => bought.Contains(p.PartId) && p.UnitCost > 0 && p.Supplier.IsActive && p.Supplier.BlockedFor != SupplierBlock.Order
                && (p.ValidFrom == null || p.ValidFrom <= on) && (p.ValidTo == null || p.ValidTo >= on))
            .OrderBy(p => p.Id).ToListAsync(ct);
        var rates = await CurrencyConversion.LoadAsync(db, offers.Select(o => o.Currency), ct);
        var cheapest = offers.Select(o => (o.PartId, o.Supplier.Name, Cost: rates.TryConvert(o.PriceAt(needs[o.PartId] ?? 0), o.Currency, CurrencyConversion.Base, on)?.Amount))
            .Where(o => o.Cost is not null).GroupBy(o => o.PartId).ToDictionary(g => g.Key, g => g.MinBy(o => o.Cost));
        var prices = new Dictionary<Guid, BoughtPrice>();
        foreach (var id in bought)
        {
            if (cheapest.TryGetValue(id, out var offer))
            {
                prices[id] = new(offer.Cost!.Value, offer.Name);
            }
            else if (parts[id].StandardCost is > 0 and var standard)
            {
                prices[id] = new(standard, null);
            }
        }

        return prices;
    }

    private static decimal Plain(decimal figure) => figure / 1.0000000000000000000000000000m;

    private DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, user.Identity.TimeZone).DateTime);
}
