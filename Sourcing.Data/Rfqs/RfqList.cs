using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Rfqs;

/// <summary>An RFQ in the list.</summary>
public sealed record RfqRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public RfqStatus Status { get; init; }

    public Guid? CategoryId { get; init; }

    public string? Category { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public string Currency { get; init; } = "";

    public int Lines { get; init; }

    public int Invited { get; init; }

    public int Answered { get; init; }

    public Guid BuyerId { get; init; }

    public string Buyer { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public DateTimeOffset? AwardedAt { get; init; }
}

/// <summary>The table view of the board, with completed and cancelled RFQs.</summary>
public sealed class RfqList(Database database, CurrentUser user) : ListSource<RfqRow>(database, user)
{
    private const int MostHits = 2000;

    private ListShape<RfqRow>? _shape;

    /// <inheritdoc/>
    public override ListShape<RfqRow> Shape => _shape ??= Build([], []);

    /// <inheritdoc/>
    public override Permission Permission => Permission.RfqsRead;

    /// <summary>Says what the filters by category and buyer offer: before the list is shown.</summary>
    public void Offer(IReadOnlyList<Choice> categories, IReadOnlyList<Choice> buyers) => _shape = Build(categories, buyers);

    /// <inheritdoc/>
    protected override IQueryable<RfqRow> Rows(SourcingDb db, string search)
    {
        var rfqs = db.Rfqs.AsQueryable();
        if (search.Length > 0)
        {
            var hits = db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_rfqs({search}, {MostHits})");
            rfqs = rfqs.Where(r => hits.Contains(r.Id));
        }

        return rfqs.Select(r => new RfqRow
        {
            Id = r.Id, Number = r.Number, Title = r.Title, Status = r.Status, CategoryId = r.CategoryId, Deadline = r.Deadline, Currency = r.Currency,
            BuyerId = r.BuyerId, CreatedAt = r.CreatedAt, IssuedAt = r.IssuedAt, AwardedAt = r.AwardedAt,
            Category = db.PartCategories.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(c => c.Id == r.CategoryId).Select(c => c.Name).FirstOrDefault(),
            Buyer = db.People.Where(p => p.Id == r.BuyerId).Select(p => p.FullName).FirstOrDefault() ?? "",
            Lines = r.Lines.Count,
            Invited = r.Invitations.Count(i => i.Round == r.Round),
            Answered = r.Invitations.Count(i => i.Round == r.Round && (i.Status == InvitationStatus.Quoted || i.Status == InvitationStatus.Declined)),
        });
    }

    // What has no index, or is reckoned for the rows of a page alone, is neither sorted nor filtered by.
    private static ListShape<RfqRow> Build(IReadOnlyList<Choice> categories, IReadOnlyList<Choice> buyers) =>
        new ListShape<RfqRow>("rfqs", "RFQs", r => r.Id)
            .Add(r => r.Number, "Number", FieldKind.Code)
            .Add(r => r.Title, "Title", FieldKind.Text, sortable: false)
            .Add(r => r.Status, "State", FieldKind.Choice, sortable: false)
            .Add(r => r.CategoryId, "In category", FieldKind.Choice, sortable: false, hidden: true, choices: categories)
            .Add(r => r.Category, "Category", FieldKind.Text, sortable: false, filterable: false)
            .Add(r => r.Deadline, "Deadline", FieldKind.Moment)
            .Add(r => r.Lines, "Lines", FieldKind.Number, sortable: false, filterable: false)
            .Add(r => r.Invited, "Invited", FieldKind.Number, sortable: false, filterable: false)
            .Add(r => r.Answered, "Answered", FieldKind.Number, sortable: false, filterable: false)
            .Add(r => r.BuyerId, "By buyer", FieldKind.Choice, sortable: false, hidden: true, choices: buyers)
            .Add(r => r.Buyer, "Buyer", FieldKind.Text, sortable: false, filterable: false)
            .Add(r => r.Currency, "Currency", FieldKind.Code, sortable: false, hidden: true)
            .Add(r => r.CreatedAt, "Created", FieldKind.Moment)
            .Add(r => r.IssuedAt, "Issued", FieldKind.Moment, sortable: false, hidden: true)
            .Add(r => r.AwardedAt, "Awarded", FieldKind.Moment, sortable: false, hidden: true)
            .OrderedBy("createdAt", descending: true);
}
