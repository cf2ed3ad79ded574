using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>Reads parts.</summary>
public sealed class PartQueries(Database database, CurrentUser user)
{
    /// <summary>A history shows this many prices at most, the newest.</summary>
    public const int MostPrices = 1000;

    /// <summary>RFQs and orders of a part are listed up to this many lines.</summary>
    public const int MostDocuments = 100;

    /// <summary>Amounts in several currencies are compared in this one: exchange rates are kept against it.</summary>
    public const string BaseCurrency = "EUR";

    /// <summary>The parts that match best: numbers, names, cross-references. For pickers and the palette.</summary>
    /// <param name="most">1 to 50.</param>
    public Task<IReadOnlyList<PartHit>> FindAsync(string text, int most, CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        return database.ReadAsync<IReadOnlyList<PartHit>>(
            async (db, token) => await db.Database
                .SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_parts({text.Trim()}, {Math.Clamp(most, 1, 50) * 4})")
                .Join(db.Parts, hit => hit.Id, part => part.Id, (hit, part) => new { hit.Rank, Part = part })
                .OrderByDescending(x => x.Rank).ThenBy(x => x.Part.Number).Take(Math.Clamp(most, 1, 50))
                .Select(x => new PartHit(x.Part.Id, x.Part.Number, x.Part.Name, x.Part.UnitId, x.Part.Unit.Code, x.Part.Category!.Name)
                {
                    Rank = x.Rank,
                    Successor = db.Parts.Where(s => s.Id == SourcingDb.SuccessorOf(x.Part.Id)).Select(s => new PartRef(s.Id, s.Number, s.Name)).FirstOrDefault(),
                })
                .ToListAsync(token), ct);
    }

    /// <summary>The same for keys that are known: what a picker shows before anybody types. Deleted parts too, for old documents.</summary>
    public Task<IReadOnlyList<PartHit>> ByIdAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        return database.ReadAsync<IReadOnlyList<PartHit>>(
            async (db, token) => await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => ids.Contains(p.Id)).OrderBy(p => p.Number)
                .Select(p => new PartHit(p.Id, p.Number, p.Name, p.UnitId, p.Unit.Code, p.Category!.Name)
                {
                    Successor = db.Parts.Where(s => s.Id == SourcingDb.SuccessorOf(p.Id)).Select(s => new PartRef(s.Id, s.Number, s.Name)).FirstOrDefault(),
                }).ToListAsync(token), ct);
    }

    /// <summary>The part with exactly this number, punctuation and case aside; null for none or several.</summary>
    public Task<PartHit?> ByNumberAsync(string number, CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var found = await db.Parts.FromSql($"select * from parts where app.compact(number) collate \"C\" = app.compact({number})")
                    .Select(p => new PartHit(p.Id, p.Number, p.Name, p.UnitId, p.Unit.Code, p.Category!.Name)).Take(2).ToListAsync(token);
                return found.Count == 1 ? found[0] : null;
            }, ct);
    }

    /// <summary>Everything about a part but prices; null when there is none. A deleted one is shown to those who may restore it.</summary>
    public Task<PartDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        var deletedToo = user.May(Permission.PartsWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var part = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).AsNoTracking().Include(p => p.Unit).Include(p => p.Category)
                    .SingleOrDefaultAsync(p => p.Id == id && (p.DeletedAt == null || deletedToo), token);
                if (part is null)
                {
                    return null;
                }

                var conversions = await db.PartUnitConversions.Where(c => c.PartId == id).OrderBy(c => c.Unit.Code)
                    .Select(c => new ConversionView(c.Id, c.UnitId, c.Unit.Code, c.Unit.Name, c.Factor)).ToListAsync(token);
                var references = await References(db.PartCrossReferences.Where(r => r.PartId == id)).ToListAsync(token);
                var namedBy = await db.PartCrossReferences.Where(r => r.OtherPartId == id).OrderBy(r => r.Part.Number)
                    .Select(r => new CrossReferenceView(r.Id, r.Kind, r.PartyName, r.Number, r.PartId, r.Part.Number, r.Part.Name)).Take(50).ToListAsync(token);
                var quoted = !user.May(Permission.SuppliersRead) ? null
                    : await db.PartPrices.Where(p => p.PartId == id && p.Source == PriceSource.Quote).MaxAsync(p => (DateOnly?)p.Day, token);
                return new PartDetails(
                    part.Id, part.Number, part.Name, part.Description, part.Type, part.CategoryId, part.Category?.Name, part.UnitId, part.Unit.Code, part.Unit.Name,
                    part.IsCritical, part.HsCode, part.StandardCost, part.ShelfLifeDays, part.Specifications, quoted, part.CreatedAt, part.UpdatedAt, part.DeletedAt, part.Version)
                { Conversions = conversions, CrossReferences = references, NamedBy = namedBy, Successors = await SuccessorReading.ChainAsync(db, id, references, token), MergedInto = part.MergedInto };
            }, ct);
    }

    /// <summary>A part as its editor opens it. Refuses one that is not there.</summary>
    public async Task<PartForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        var part = await DetailsAsync(id, ct) is { DeletedAt: null } found ? found : throw new MissingException("part");
        return new()
        {
            Id = part.Id, Version = part.Version, Number = part.Number, Name = part.Name, Description = part.Description, Type = part.Type, CategoryId = part.CategoryId,
            UnitId = part.UnitId, IsCritical = part.IsCritical, HsCode = part.HsCode, StandardCost = part.StandardCost, ShelfLifeDays = part.ShelfLifeDays,
            Specifications = [.. part.Specifications.Select(s => new SpecificationForm { Name = s.Name, Kind = s.Kind, Value = s.Value, Unit = s.Unit })],
            Conversions = [.. part.Conversions.Select(c => new ConversionForm { UnitId = c.UnitId, Factor = c.Factor })],
            CrossReferences = [.. part.CrossReferences.Select(r => new CrossReferenceForm { Id = r.Id, Kind = r.Kind, PartyName = r.PartyName, Number = r.Number, OtherPartId = r.OtherPartId })],
        };
    }

    /// <summary>Parts that the one being typed may be again, the surest first; at most ten.</summary>
    public Task<IReadOnlyList<PartDuplicate>> DuplicatesAsync(PartForm form, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        var makers = form.CrossReferences.Where(r => r.Kind == CrossReferenceKind.Manufacturer).Select(r => r.PartyName ?? "").ToArray();
        // Equivalents and successors are other parts by their nature.
        var numbers = form.CrossReferences.Where(r => r.Kind is CrossReferenceKind.Manufacturer or CrossReferenceKind.Supplier).Select(r => r.Number ?? "").ToArray();
        return database.ReadAsync<IReadOnlyList<PartDuplicate>>(
            async (db, token) =>
            {
                var found = await db.Database.SqlQuery<Likeness>(
                        $"select id as \"Id\", reason as \"Reason\" from app.part_duplicates({form.Number ?? ""}, {form.Name ?? ""}, {makers}, {numbers})")
                    .Join(db.Parts, d => d.Id, p => p.Id, (d, p) => new { p.Id, p.Number, p.Name, d.Reason })
                    .ToListAsync(token);
                return [.. found.Where(d => d.Id != form.Id)
                    .Select(d => new PartDuplicate(d.Id, d.Number, d.Name, (DuplicateReason)Words.FromSnake(typeof(DuplicateReason), d.Reason)!))
                    .OrderBy(d => d.Reason).DistinctBy(d => d.Id).Take(10)];
            }, ct);
    }

    /// <summary>What suppliers ask for a part: the preferred first, then the cheapest.</summary>
    public Task<IReadOnlyList<SupplierPriceView>> PricesAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync<IReadOnlyList<SupplierPriceView>>(
            async (db, token) => await db.SupplierParts.Where(p => p.PartId == partId)
                .OrderByDescending(p => p.Preferred).ThenBy(p => p.Currency).ThenBy(p => p.UnitCost).ThenBy(p => p.Id)
                .Select(p => new SupplierPriceView(
                    p.Id, p.SupplierId, p.Supplier.Code, p.Supplier.Name, p.SupplierPartNumber, p.UnitCost, p.Currency, p.MoqQuantity, p.MoqUnit!.Code ?? p.Part.Unit.Code,
                    p.OrderMultiple, p.LeadTimeDays, p.ContractQuantityLimit, p.Preferred, p.ValidFrom, p.ValidTo, p.UpdatedAt, p.Version)
                { Breaks = p.Breaks.OrderBy(b => b.MinimumQuantity).Select(b => new BreakTerms(b.MinimumQuantity, b.UnitCost)).ToList() })
                .Take(500).ToListAsync(token), ct);
    }

    /// <summary>A price as its editor opens it. Refuses one that is not there.</summary>
    public Task<SupplierPartForm> PriceFormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersWrite);
        return database.ReadAsync(
            async (db, token) => await db.SupplierParts.Where(p => p.Id == id).Select(p => new SupplierPartForm
            {
                Id = p.Id, Version = p.Version, PartId = p.PartId, SupplierId = p.SupplierId, SupplierPartNumber = p.SupplierPartNumber, UnitCost = p.UnitCost,
                Currency = p.Currency, MoqQuantity = p.MoqQuantity, MoqUnitId = p.MoqUnitId, OrderMultiple = p.OrderMultiple, LeadTimeDays = p.LeadTimeDays,
                ContractQuantityLimit = p.ContractQuantityLimit, Preferred = p.Preferred, OrderingCost = p.OrderingCost, HoldingCostRate = p.HoldingCostRate,
                ReliabilityScore = p.ReliabilityScore, ValidFrom = p.ValidFrom, ValidTo = p.ValidTo,
                Breaks = p.Breaks.OrderBy(b => b.MinimumQuantity).Select(b => new BreakForm { MinimumQuantity = b.MinimumQuantity, UnitCost = b.UnitCost }).ToList(),
            }).SingleOrDefaultAsync(token) ?? throw new MissingException("price"), ct);
    }

    /// <summary>Every price that a part was listed, quoted or ordered at, in its own unit and the base currency, and what they amount to.</summary>
    public Task<PriceHistory> PriceHistoryAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var unit = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == partId).Select(p => p.Unit.Code).SingleOrDefaultAsync(token)
                    ?? throw new MissingException("part");
                var points = await db.PartPrices.Where(v => v.PartId == partId)
                    .Join(db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }), v => v.SupplierId, s => s.Id, (v, s) => new { Price = v, Supplier = s.Name })
                    .OrderByDescending(x => x.Price.Day).ThenBy(x => x.Price.Rank).ThenBy(x => x.Price.SourceId).Take(MostPrices)
                    .Select(x => new PricePoint(
                        x.Price.Source, x.Price.SourceId, x.Price.DocumentId, x.Price.DocumentNumber, x.Price.SupplierId, x.Supplier, x.Price.Day, x.Price.Quantity,
                        x.Price.UnitPrice, x.Price.Currency, x.Price.Rate, x.Price.RateDay, x.Price.BasePrice))
                    .ToListAsync(token);
                // Orders stand last on a day: what was paid is the last price, whatever was quoted.
                var known = points.Where(p => p.BasePrice is not null).OrderBy(p => p.Day).ThenByDescending(p => p.Source).Select(p => (p.Day, p.BasePrice!.Value)).ToList();
                return new PriceHistory(unit, BaseCurrency, points, PriceStatistics.Of(known));
            }, ct);
    }

    /// <summary>Where a part is asked for or ordered, the newest first; at most <see cref="MostDocuments"/> lines.</summary>
    public Task<IReadOnlyList<PartDocument>> DocumentsAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync<IReadOnlyList<PartDocument>>(
            async (db, token) =>
            {
                var asked = await db.RfqLines.Where(l => l.PartId == partId)
                    .Join(db.Rfqs, l => l.RfqId, r => r.Id, (l, r) => new { Line = l, Rfq = r })
                    .OrderByDescending(x => x.Rfq.CreatedAt).ThenBy(x => x.Line.Id).Take(MostDocuments)
                    .Select(x => new PartDocument(
                        x.Rfq.Id, x.Rfq.Number, x.Line.LineNo, x.Rfq.Title, x.Rfq.Status, null, null, null, x.Line.Quantity,
                        db.Units.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).First(u => u.Id == x.Line.UnitId).Code, x.Line.TargetPrice, x.Rfq.Currency, x.Rfq.Deadline ?? x.Rfq.CreatedAt))
                    .ToListAsync(token);
                var ordered = await db.OrderLines.Where(l => l.PartId == partId)
                    .Join(db.Orders, l => l.OrderId, o => o.Id, (l, o) => new { Line = l, Order = o })
                    .OrderByDescending(x => x.Order.IssuedAt ?? DateTimeOffset.MaxValue).ThenBy(x => x.Line.Id).Take(MostDocuments)
                    .Select(x => new PartDocument(
                        x.Order.Id, x.Order.Number, x.Line.LineNo, x.Line.Description, null, x.Order.Status, x.Order.SupplierId,
                        db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).First(s => s.Id == x.Order.SupplierId).Name,
                        x.Line.Quantity, x.Line.Unit, x.Line.UnitPrice, x.Order.Currency, x.Order.IssuedAt))
                    .ToListAsync(token);
                return [.. asked.Concat(ordered).OrderByDescending(d => d.At ?? DateTimeOffset.MaxValue).Take(MostDocuments)];
            }, ct);
    }

    /// <summary>Deleted parts, the last deleted first; at most 200.</summary>
    public Task<IReadOnlyList<DeletedRow>> DeletedAsync(CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.ReadAsync<IReadOnlyList<DeletedRow>>(
            async (db, token) => await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.DeletedAt != null && p.MergedInto == null)
                .OrderByDescending(p => p.DeletedAt).ThenBy(p => p.Id).Take(200)
                .Select(p => new DeletedRow(p.Id, p.Number, p.Name, p.DeletedAt!.Value, db.People.Where(x => x.Id == p.DeletedBy).Select(x => x.FullName).FirstOrDefault()))
                .ToListAsync(token), ct);
    }

    private static IQueryable<CrossReferenceView> References(IQueryable<PartCrossReference> references) => references
        .OrderBy(r => r.Kind).ThenBy(r => r.PartyName).ThenBy(r => r.Number)
        .Select(r => new CrossReferenceView(r.Id, r.Kind, r.PartyName, r.Number, r.OtherPartId, r.OtherPart!.Number, r.OtherPart.Name));

    private sealed class Likeness
    {
        public Guid Id { get; set; }

        public string Reason { get; set; } = "";
    }
}

/// <summary>Something deleted that can be brought back.</summary>
public sealed record DeletedRow(Guid Id, string Number, string Name, DateTimeOffset DeletedAt, string? DeletedBy);
