using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>An RFQ in the list of whoever asked for it.</summary>
public sealed record CustomerRfqRow
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>Null where the customer is somebody else's now.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Empty where the customer is somebody else's now.</summary>
    public string Customer { get; init; } = "";

    public RfqStatus Status { get; init; }

    /// <summary>Suppliers asked in this round.</summary>
    public int Invited { get; init; }

    /// <summary>Of them, those who quoted or declined.</summary>
    public int Answered { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public string Representative { get; init; } = "";

    /// <summary>Asked for by oneself or somebody below, and not by whoever had the customer before.</summary>
    public bool IsOwn { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>RFQs for customers, for whoever sells to them: of one's own customers, and what one asked for, and of everybody below.</summary>
public sealed class CustomerRfqList(Database database, CurrentUser user) : ListSource<CustomerRfqRow>(database, user)
{
    private const int MostHits = 1000;

    private static readonly ListShape<CustomerRfqRow> Columns = new ListShape<CustomerRfqRow>("customer-rfqs", "RFQs for customers", r => r.Id)
        .Add(r => r.Number, "Number", FieldKind.Code)
        .Add(r => r.Title, "Title", FieldKind.Text)
        .Add(r => r.Customer, "Customer", FieldKind.Text)
        .Add(r => r.Status, "State", FieldKind.Choice)
        .Add(r => r.Answered, "Answers", FieldKind.Number, sortable: false, filterable: false)
        .Add(r => r.Invited, "Asked", FieldKind.Number, sortable: false, filterable: false, hidden: true)
        .Add(r => r.Deadline, "Deadline", FieldKind.Moment)
        .Add(r => r.Representative, "Representative", FieldKind.Text)
        .Add(r => r.IsOwn, "Asked for by one’s own people", FieldKind.Flag, sortable: false, hidden: true)
        .Add(r => r.CreatedAt, "Begun", FieldKind.Moment, hidden: true)
        .OrderedBy("createdAt", descending: true);

    private Guid[] _people = [];

    /// <inheritdoc/>
    public override ListShape<CustomerRfqRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.NotesUse;

    /// <inheritdoc/>
    protected override async Task PrepareAsync(SourcingDb db, CancellationToken ct) => _people = await db.RepsBelowAsync(ct);

    /// <inheritdoc/>
    protected override IQueryable<CustomerRfqRow> Rows(SourcingDb db, string search)
    {
        var people = _people;
        var hits = db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.search_customer_rfqs({LikePattern.Containing(search)}, {MostHits})");
        return db.Rfqs.Where(r => r.CustomerId != null && (search == "" || hits.Contains(r.Id))).Select(r => new CustomerRfqRow
        {
            Id = r.Id, Number = r.Number, Title = r.Title, Status = r.Status, Deadline = r.Deadline, CreatedAt = r.CreatedAt,
            CustomerId = db.Customers.Where(c => c.Id == r.CustomerId).Select(c => (Guid?)c.Id).FirstOrDefault(),
            Customer = db.Customers.Where(c => c.Id == r.CustomerId).Select(c => c.Name).FirstOrDefault() ?? "",
            Invited = db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null),
            Answered = db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null && (i.Status == InvitationStatus.Quoted || i.Status == InvitationStatus.Declined)),
            Representative = db.People.Where(p => p.Id == r.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", IsOwn = r.SalesRepId != null && people.Contains(r.SalesRepId.Value),
        });
    }
}
