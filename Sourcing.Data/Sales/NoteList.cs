using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>A note in the list.</summary>
public sealed record NoteRow
{
    public Guid Id { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Its day by the reader's calendar.</summary>
    public DateOnly Day { get; init; }

    public Guid CustomerId { get; init; }

    public string Customer { get; init; } = "";

    public NoteKind Kind { get; init; }

    public NoteOutcome? Outcome { get; init; }

    public string Body { get; init; } = "";

    public string Representative { get; init; } = "";

    public string Contact { get; init; } = "";

    /// <summary>Of a call, meeting or visit.</summary>
    public int? Minutes { get; init; }

    public string NextAction { get; init; } = "";

    public DateOnly? NextActionOn { get; init; }

    public NoteActionState Action { get; init; }

    /// <summary>The day on which the next action was done, by the reader's calendar.</summary>
    public DateOnly? DoneOn { get; init; }

    public string Rfq { get; init; } = "";

    public string Order { get; init; } = "";
}

/// <summary>The list of notes: one's own and those of everybody below.</summary>
public sealed class NoteList(Database database, CurrentUser user, TimeProvider time) : ListSource<NoteRow>(database, user)
{
    private const int MostHits = 1000;

    private static readonly IReadOnlyList<Choice> Outcomes = [.. Enum.GetNames<NoteOutcome>().Select(n => new Choice(Words.Snake(n), Words.Spaced(n)))];

    private static readonly ListShape<NoteRow> Columns = new ListShape<NoteRow>("notes", "Notes", r => r.Id)
        .Add(r => r.OccurredAt, "When", FieldKind.Moment)
        .Add(r => r.Kind, "Kind", FieldKind.Choice)
        .Add(r => r.Customer, "Customer", FieldKind.Text)
        .Add(r => r.Body, "Note", FieldKind.Text, sortable: false, filterable: false)
        .Add(r => r.Outcome, "Outcome", FieldKind.Choice, choices: Outcomes)
        .Add(r => r.Minutes, "Length", FieldKind.Number, unit: _ => "min")
        .Add(r => r.NextAction, "Next action", FieldKind.Text, sortable: false)
        .Add(r => r.NextActionOn, "On", FieldKind.Date)
        .Add(r => r.Action, "Action is", FieldKind.Choice)
        .Add(r => r.Representative, "Representative", FieldKind.Text)
        .Add(r => r.Day, "Day", FieldKind.Date, hidden: true, sortable: false)
        .Add(r => r.DoneOn, "Done on", FieldKind.Date, hidden: true, sortable: false)
        .Add(r => r.Contact, "With", FieldKind.Text, hidden: true)
        .Add(r => r.Rfq, "RFQ", FieldKind.Code, hidden: true)
        .Add(r => r.Order, "Order", FieldKind.Code, hidden: true)
        .OrderedBy("occurredAt", descending: true);

    private Guid[] _people = [];

    /// <inheritdoc/>
    public override ListShape<NoteRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.NotesUse;

    // Row-level security says whose notes these are, and so does the list: of people named one by one the database knows how many notes they have, and so
    // whether to walk through all notes from the last one back, or through theirs.
    /// <inheritdoc/>
    protected override async Task PrepareAsync(SourcingDb db, CancellationToken ct) => _people = await db.RepsBelowAsync(ct);

    /// <inheritdoc/>
    protected override IQueryable<NoteRow> Rows(SourcingDb db, string search)
    {
        var (people, today, zone) = (_people, Days.Today(time.GetUtcNow(), User.Identity.TimeZone), User.Identity.TimeZone.Id);
        var notes = search.Length == 0
            ? db.SalesNotes
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_notes({search}, {MostHits})").Join(db.SalesNotes, hit => hit.Id, n => n.Id, (_, n) => n);
        // What others are called is looked up for the rows of a page, and not joined to all of somebody's notes.
        return
            from n in notes
            where n.DeletedAt == null && people.Contains(n.SalesRepId)
            let done = n.DoneAt != null ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(n.DoneAt!.Value.UtcDateTime, zone)) : (DateOnly?)null
            select new NoteRow
            {
                Id = n.Id, OccurredAt = n.OccurredAt, Day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(n.OccurredAt.UtcDateTime, zone)), CustomerId = n.CustomerId,
                Customer = db.Customers.Where(c => c.Id == n.CustomerId).Select(c => c.Name).FirstOrDefault() ?? "", Kind = n.Kind, Outcome = n.Outcome, Body = n.Body,
                Representative = db.People.Where(p => p.Id == n.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "",
                Contact = db.CustomerContacts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(k => k.Id == n.ContactId).Select(k => k.Name).FirstOrDefault() ?? "",
                Minutes = (n.DurationSeconds + 30) / 60, NextAction = n.NextAction, NextActionOn = n.NextActionOn, DoneOn = done,
                Rfq = db.Rfqs.Where(r => r.Id == n.RfqId).Select(r => r.Number).FirstOrDefault() ?? "", Order = db.Orders.Where(o => o.Id == n.OrderId).Select(o => o.Number).FirstOrDefault() ?? "",
                Action = n.NextActionOn == null ? NoteActionState.None
                    : n.DoneAt != null ? (done > n.FirstDueOn ? NoteActionState.DoneLate : NoteActionState.Done)
                    : n.NextActionOn < today ? NoteActionState.Overdue : NoteActionState.Open,
            };
    }
}
