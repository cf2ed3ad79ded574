using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Chapters;

/// <summary>A slip in a list. Nobody who pays is in it.</summary>
public sealed record SlipRow
{
    public Guid Id { get; init; }

    public SlipKind Kind { get; init; }

    /// <summary>The day of the meeting under which it counts.</summary>
    public DateOnly HeldOn { get; init; }

    public Guid MeetingId { get; init; }

    public Guid? FromId { get; init; }

    public Guid? ToId { get; init; }

    /// <summary>Empty for closed business: who paid is theirs to know.</summary>
    public string From { get; init; } = "";

    public string To { get; init; } = "";

    /// <summary>Both names: what a filter by member looks at.</summary>
    public string Member { get; init; } = "";

    /// <summary>The other chapter; empty for none.</summary>
    public string OtherChapter { get; init; } = "";

    public int? Tier { get; init; }

    public ReferralStatus? Status { get; init; }

    public decimal? Amount { get; init; }

    public string Currency { get; init; } = "";

    public decimal? Credits { get; init; }

    /// <summary>Of education: a whole training.</summary>
    public bool IsTraining { get; init; }

    public string Note { get; init; } = "";

    public string Chapter { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The slips that one may read: of leaders and the committee all of their chapters, of members their own.</summary>
public sealed class SlipList(Database database, CurrentUser user) : ListSource<SlipRow>(database, user)
{
    private static readonly IReadOnlyList<Choice> Kinds =
        [new("referral", "Referral"), new("one_to_one", "One-to-one"), new("closed_business", "Closed business"), new("education", "Education"), new("testimonial", "Testimonial")];

    private static readonly IReadOnlyList<Choice> Statuses = [.. Enum.GetNames<ReferralStatus>().Select(s => new Choice(Words.Snake(s), Words.Spaced(s)))];

    private static readonly ListShape<SlipRow> Columns = new ListShape<SlipRow>("slips", "Slips", r => r.Id)
        .Add(r => r.HeldOn, "Meeting", FieldKind.Date)
        .Add(r => r.Kind, "Kind", FieldKind.Choice, choices: Kinds)
        .Add(r => r.From, "From", FieldKind.Text)
        .Add(r => r.To, "To", FieldKind.Text)
        .Add(r => r.Amount, "Amount", FieldKind.Money, currency: r => r.Currency)
        .Add(r => r.Tier, "Tier", FieldKind.Number)
        .Add(r => r.Status, "Status", FieldKind.Choice, choices: Statuses)
        .Add(r => r.Credits, "Credits", FieldKind.Number)
        .Add(r => r.IsTraining, "Training", FieldKind.Flag, hidden: true)
        .Add(r => r.Note, "Note", FieldKind.Text, sortable: false)
        .Add(r => r.Member, "Member", FieldKind.Text, sortable: false, hidden: true)
        .Add(r => r.OtherChapter, "Other chapter", FieldKind.Text, hidden: true)
        .Add(r => r.Chapter, "Chapter", FieldKind.Text, hidden: true)
        .Add(r => r.CreatedAt, "Entered", FieldKind.Moment, hidden: true)
        .OrderedBy("heldOn", descending: true);

    /// <summary>The one chapter that is looked at; null for all that one may read.</summary>
    public Guid? ChapterId
    {
        get => Within;
        set => Within = value;
    }

    /// <inheritdoc/>
    public override ListShape<SlipRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.ChaptersRead;

    /// <inheritdoc/>
    protected override IQueryable<SlipRow> Rows(SourcingDb db, string search)
    {
        var slips = ChapterId is { } id ? db.ChapterSlips.Where(s => s.ChapterId == id) : db.ChapterSlips;
        if (search.Length > 0)
        {
            var pattern = LikePattern.Containing(search);
            slips = slips.Where(s => EF.Functions.ILike(s.FromName + " " + s.ToName + " " + s.Note, pattern));
        }

        return Project(db, slips);
    }

    internal static IQueryable<SlipRow> Project(SourcingDb db, IQueryable<ChapterSlip> slips) => slips.Select(s => new SlipRow
    {
        Id = s.Id, Kind = s.Kind, HeldOn = s.HeldOn, MeetingId = s.MeetingId, FromId = s.FromId, ToId = s.ToId, From = s.FromName, To = s.ToName, Member = s.FromName + " · " + s.ToName,
        OtherChapter = s.OtherChapter, Tier = s.Tier, Status = s.Status, Amount = s.Amount, Currency = s.Currency, Credits = s.Credits, IsTraining = s.IsTraining, Note = s.Note,
        Chapter = db.Chapters.Where(c => c.Id == s.ChapterId).Select(c => c.Name).FirstOrDefault() ?? "", CreatedAt = s.CreatedAt,
    });
}
