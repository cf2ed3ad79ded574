using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Rfqs.Savings;

/// <summary>A quantity of a line that an offer got, in a decision that stands. Money is in the base currency, by the rate of the decision.</summary>
public sealed record AwardedLineRow
{
    public Guid Id { get; init; }

    public Guid RfqId { get; init; }

    public string Rfq { get; init; } = "";

    /// <summary>When the decision came to stand.</summary>
    public DateTimeOffset Decided { get; init; }

    public int LineNo { get; init; }

    public string Description { get; init; } = "";

    public string Buyer { get; init; } = "";

    /// <summary>Of the part; of the RFQ where the line has none.</summary>
    public string? Category { get; init; }

    public string Supplier { get; init; } = "";

    /// <summary>In the RFQ line's unit.</summary>
    public decimal Quantity { get; init; }

    public string Unit { get; init; } = "";

    public decimal Paid { get; init; }

    /// <summary>What the baseline would have come to; null where it knew no price.</summary>
    public decimal? AtBaseline { get; init; }

    public decimal? Saved { get; init; }

    public SavingsBaseline Baseline { get; init; }

    /// <summary>ISO 4217: the base currency.</summary>
    public string Currency { get; init; } = "";
}

/// <summary>The awarded lines behind the savings, newest first.</summary>
public sealed class AwardedLineList(Database database, CurrentUser user) : ListSource<AwardedLineRow>(database, user)
{
    // What was awarded stays awarded, whatever was deleted since.
    private static readonly string[] Deleted = [SourcingDb.LiveRows];

    private static readonly ListShape<AwardedLineRow> Columns = new ListShape<AwardedLineRow>("awarded-lines", "Awarded lines", a => a.Id)
        .Add(a => a.Rfq, "RFQ", FieldKind.Code, sortable: false)
        .Add(a => a.Decided, "Decided", FieldKind.Moment)
        .Add(a => a.Description, "Description", FieldKind.Text, sortable: false)
        .Add(a => a.Supplier, "Supplier", FieldKind.Text, sortable: false)
        .Add(a => a.Saved, "Saved", FieldKind.Money, sortable: false, currency: a => a.Currency, totalled: true)
        .Add(a => a.Paid, "Awarded", FieldKind.Money, sortable: false, currency: a => a.Currency, totalled: true)
        .Add(a => a.AtBaseline, "At baseline", FieldKind.Money, sortable: false, currency: a => a.Currency, totalled: true)
        .Add(a => a.Baseline, "Against", FieldKind.Choice, sortable: false)
        .Add(a => a.Buyer, "Buyer", FieldKind.Text, sortable: false)
        .Add(a => a.Category, "Category", FieldKind.Text, sortable: false)
        .Add(a => a.Quantity, "Quantity", FieldKind.Number, sortable: false, filterable: false, unit: a => a.Unit)
        .Add(a => a.LineNo, "Line", FieldKind.Number, sortable: false, filterable: false, hidden: true)
        .Add(a => a.Unit, "Unit", FieldKind.Text, sortable: false, hidden: true)
        .OrderedBy("decided", descending: true);

    /// <inheritdoc/>
    public override ListShape<AwardedLineRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.RfqsRead;

    /// <inheritdoc/>
    protected override IQueryable<AwardedLineRow> Rows(SourcingDb db, string search)
    {
        var lines =
            from d in db.AwardDecisions.Where(d => d.Status == AwardStatus.Decided)
            from a in d.Awards
            join r in db.Rfqs.IgnoreQueryFilters(Deleted) on d.RfqId equals r.Id
            join l in db.RfqLines.IgnoreQueryFilters(Deleted) on a.RfqLineId equals l.Id
            join o in db.QuoteLines on a.QuoteLineId equals o.Id
            join q in db.Quotes on o.QuoteId equals q.Id
            join s in db.Suppliers.IgnoreQueryFilters(Deleted) on q.SupplierId equals s.Id
            let category = db.Parts.IgnoreQueryFilters(Deleted).Where(p => p.Id == l.PartId).Select(p => p.CategoryId).FirstOrDefault() ?? r.CategoryId
            let rate = d.Total == 0 ? 1 : d.TotalInBase / d.Total
            select new AwardedLineRow
            {
                Id = a.Id, RfqId = r.Id, Rfq = r.Number, Decided = d.ApprovedAt ?? d.DecidedAt, LineNo = l.LineNo, Description = l.Description,
                Buyer = db.People.Where(p => p.Id == r.BuyerId).Select(p => p.FullName).FirstOrDefault() ?? "",
                Category = db.PartCategories.IgnoreQueryFilters(Deleted).Where(c => c.Id == category).Select(c => c.Name).FirstOrDefault(),
                Supplier = s.Name, Quantity = a.Quantity, Unit = db.Units.IgnoreQueryFilters(Deleted).Where(u => u.Id == l.UnitId).Select(u => u.Code).FirstOrDefault() ?? "",
                Paid = a.Quantity * a.ComparedPrice * rate, AtBaseline = a.Quantity * a.BaselinePrice * rate, Saved = a.Quantity * (a.BaselinePrice - a.ComparedPrice) * rate, Baseline = d.Baseline,
                Currency = Catalog.PartQueries.BaseCurrency,
            };
        if (search.Length == 0)
        {
            return lines;
        }

        var like = LikePattern.Containing(search);
        return lines.Where(l => EF.Functions.ILike(l.Rfq, like) || EF.Functions.ILike(l.Description, like) || EF.Functions.ILike(l.Supplier, like));
    }
}
