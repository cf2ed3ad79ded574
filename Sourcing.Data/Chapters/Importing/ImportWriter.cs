using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>Writes what a plan says, in the transaction of whoever applies: all of it or nothing.</summary>
internal sealed class ImportWriter(SourcingDb db, ImportReading reading, ImportPlan plan, ImportBatch batch, Guid by)
{
    private readonly Dictionary<Guid, Guid> _made = [];
    private readonly Dictionary<DateOnly, Meeting> _meetings = [];
    private readonly List<Guid> _newMeetings = [];
    private readonly List<Guid> _completed = [];
    private readonly List<Guid> _members = [];
    private readonly List<Guid> _aliases = [];
    private readonly List<TracedSponsor> _sponsors = [];
    private readonly List<TracedMark> _goneMarks = [];
    private Dictionary<string, Guid> _outside = [];

    private Guid Chapter => batch.ChapterId;

    /// <summary>Writes, and gives what is needed to take it back.</summary>
    /// <param name="joinedOn">When members of a region's summary joined; null for other kinds.</param>
    public async Task<BatchTrace> WriteAsync(DateOnly? joinedOn, CancellationToken ct)
    {
        await MakeMembersAsync(joinedOn, ct);
        await LearnSpellingsAsync(ct);
        await MakeMeetingsAsync(ct);
        await ReplaceAsync(ct);
        switch (batch.Kind)
        {
            case ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded:
                await WriteSlipsAsync(ct);
                break;
            case ReportKind.PalmsAttendance:
                await WriteMarksAsync(ct);
                break;
            case ReportKind.VisitorRegistration:
                await db.InsertManyAsync([.. plan.Diff.Added.Select(l => VisitOf((ReportVisitor)l.Source!))], ct);
                break;
            case ReportKind.PalmsSummary:
                // Lines are this upload's own record, the unchanged ones as well.
                db.AddRange(plan.Diff.Added.Concat(plan.Diff.Unchanged).Select(l => (ReportSummary)l.Source!).Select(s => new ReportedFigures(batch, Real(s.Member.Member!.Value), s.Row, ReportedJson.Write(s.Reported!.Values))));
                break;
            case ReportKind.Sponsors:
                await SetSponsorsAsync(ct);
                break;
            default:
                break;
        }

        await db.SaveChangesAsync(ct);
        var moves = batch.Kind is not (ReportKind.PalmsAttendance or ReportKind.PalmsSummary);
        return new()
        {
            Kept = moves ? plan.Kept : [], KeptMarks = batch.Kind == ReportKind.PalmsAttendance ? plan.Kept : [], Gone = moves ? plan.Gone : [], GoneMarks = _goneMarks, Members = _members, Aliases = _aliases, Meetings = _newMeetings, Completed = _completed, Sponsors = _sponsors,
        };
    }

    // Only those who stand on a row that is taken; of a region's summary everybody who is new.
    private async Task MakeMembersAsync(DateOnly? joinedOn, CancellationToken ct)
    {
        var needed = plan.Diff.Added.Concat(plan.Diff.Unchanged).SelectMany(l => PeopleOf(l.Source!)).ToHashSet();
        foreach (var answer in reading.Answers.NewMembers.Where(a => needed.Contains(a.Member!.Value)))
        {
            _made[answer.Member!.Value] = Make(answer.First, answer.Last, answer.Joined ?? reading.Period?.First ?? joinedOn ?? reading.Rights.Today);
        }

        if (batch.Kind == ReportKind.RegionSummary)
        {
            foreach (var person in plan.Diff.Added.Select(l => (ReportPerson)l.Source!))
            {
                Make(person.FirstName.Length > 0 ? person.FirstName : person.LastName, person.FirstName.Length > 0 ? person.LastName : "",
                    joinedOn ?? throw new RefusedException("JoinedOn", "Say since when the new members belong to the chapter."));
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private Guid Make(string first, string last, DateOnly joined)
    {
        var member = new Member(Chapter, new(first, last));
        member.Join(joined);
        db.Add(member);
        db.Add(new MemberContact(member.Id, Chapter));
        _members.Add(member.Id);
        return member.Id;
    }

    private IEnumerable<Guid> PeopleOf(IReportRow row)
    {
        PartyReading[] parties = row switch
        {
            ReportSlip s => [s.From, s.To],
            ReportSummary s => [s.Member],
            ReportMark m => [m.Member],
            ReportSponsor s => [s.Sponsor, reading.Names.Find(s.Sponsored)],
            ReportVisitor v => [v.InvitedBy],
            _ => [],
        };
        return parties.Where(p => p.Member is not null).Select(p => p.Member!.Value);
    }

    private async Task LearnSpellingsAsync(CancellationToken ct)
    {
        var known = (await db.MemberAliases.Where(a => a.ChapterId == Chapter).Select(a => a.AliasKey).ToListAsync(ct)).ToHashSet();
        foreach (var (text, member) in reading.Answers.Spellings.Where(s => known.Add(NameKey.Of(s.Text))))
        {
            var alias = new MemberAlias(Chapter, Real(member), text);
            db.Add(alias);
            _aliases.Add(alias.Id);
        }
    }

    private async Task MakeMeetingsAsync(CancellationToken ct)
    {
        var days = plan.Days;
        foreach (var meeting in await db.Meetings.Where(m => m.ChapterId == Chapter && days.Contains(m.HeldOn)).ToListAsync(ct))
        {
            _meetings[meeting.HeldOn] = meeting;
        }

        foreach (var day in plan.NewMeetings.Where(d => !_meetings.ContainsKey(d)))
        {
            var meeting = new Meeting(Chapter, day);
            db.Add(meeting);
            _meetings[day] = meeting;
            _newMeetings.Add(meeting.Id);
        }

        await db.SaveChangesAsync(ct);
    }

    // What the batch before brought: kept goes over to this one, the rest is taken out.
    private async Task ReplaceAsync(CancellationToken ct)
    {
        if (reading.Earlier is null || batch.Kind == ReportKind.PalmsSummary)
        {
            return;
        }

        if (batch.Kind == ReportKind.PalmsAttendance)
        {
            var (gone, kept) = (plan.Gone, plan.Kept);
            _goneMarks.AddRange(await db.Attendances.Where(a => gone.Contains(a.Id)).Select(a => new TracedMark(a.MeetingId, a.MemberId, a.Code, a.Substitute)).ToListAsync(ct));
            await db.Attendances.Where(a => gone.Contains(a.Id)).ExecuteDeleteAsync(ct);
            await db.Database.ExecuteSqlAsync($"update attendances set import_batch_id = {batch.Id} where id = any ({kept.ToArray()})", ct);
            return;
        }

        var meeting = plan.Target is { } target ? _meetings[target.Day].Id : (Guid?)null;
        await ImportSlips.RemoveAsync(db, plan.Gone, by, $"A newer import took its place: {batch.FileName}", ct);
        await ImportSlips.HandOverAsync(db, plan.Kept, batch.Id, meeting, ct);
    }

    private async Task WriteSlipsAsync(CancellationToken ct)
    {
        var slips = plan.Diff.Added.Select(l => (ReportSlip)l.Source!).ToList();
        await FindOutsideAsync(slips, ct);
        var meeting = _meetings[plan.Target!.Day].Id;
        var byKind = slips.ToLookup(s => s.Kind);
        await db.InsertManyAsync([.. byKind[ReportSlipKind.Referral].Select(s => From(s, new Referral(Chapter, meeting, Of(s, s.From), Of(s, s.To), s.Tier!.Value, SlipPlanner.NoteOf(s))))], ct);
        await db.InsertManyAsync([.. byKind[ReportSlipKind.OneToOne].Select(s => From(s, new OneToOne(Chapter, meeting, Of(s, s.From), Of(s, s.To), "", SlipPlanner.NoteOf(s))))], ct);
        await db.InsertManyAsync([.. byKind[ReportSlipKind.ClosedBusiness].Select(s => From(s, new ClosedBusiness(
            Chapter, meeting, Of(s, s.To), s.Amount, reading.Rights.Currency, SlipPlanner.TierOf(s), s.IsInside, SlipPlanner.NoteOf(s))))], ct);
        await db.InsertManyAsync([.. byKind[ReportSlipKind.Credits].Select(s => From(s, new EducationUnit(Chapter, meeting, Real(s.From.Member!.Value), s.Credits, SlipPlanner.NoteOf(s))))], ct);
        await db.InsertManyAsync([.. byKind[ReportSlipKind.Visitor].Select(s => From(s, new Visitor(Chapter, meeting, new(s.Visitor) { InviterId = Real(s.From.Member!.Value) }, SlipPlanner.NoteOf(s))))], ct);
    }

    private async Task FindOutsideAsync(List<ReportSlip> slips, CancellationToken ct)
    {
        _outside = (await db.ExternalParties.Where(p => p.ChapterId == Chapter).Select(p => new { p.Id, p.Name, p.ChapterName }).ToListAsync(ct))
            .GroupBy(p => Key(p.Name, p.ChapterName)).ToDictionary(g => g.Key, g => g.First().Id);
        foreach (var (slip, party) in slips.SelectMany(s => new[] { (s, s.From), (s, s.To) }).Where(x => x.Item2.State == PartyState.External))
        {
            var made = new ExternalParty(Chapter, party.Text, SlipPlanner.ChapterOf(slip, party));
            if (_outside.TryAdd(Key(made.Name, made.ChapterName), made.Id))
            {
                db.Add(made);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private static string Key(string name, string chapter) => $"{name.ToLowerInvariant()}|{chapter.ToLowerInvariant()}";

    private Party Of(ReportSlip slip, PartyReading party) =>
        party.Member is { } member ? Party.Home(Real(member)) : Party.Outside(_outside[Key(NameKey.Tidy(party.Text), NameKey.Tidy(SlipPlanner.ChapterOf(slip, party)))]);

    private T From<T>(ReportSlip row, T slip) where T : Slip
    {
        slip.ComeFrom(batch.Id, row.Row);
        return slip;
    }

    private Visitor VisitOf(ReportVisitor row)
    {
        var visit = new Visitor(Chapter, _meetings[row.Date].Id, new($"{row.FirstName} {row.LastName}")
        {
            Company = row.Company, Profession = row.Profession, InviterId = row.InvitedBy.Member is { } inviter ? Real(inviter) : null, Kind = DayPlanner.KindOf(row.Kind),
        }, "");
        visit.ComeFrom(batch.Id, row.Row);
        return visit;
    }

    private async Task WriteMarksAsync(CancellationToken ct)
    {
        var marks = plan.Diff.Added.Select(l => (ReportMark)l.Source!).ToList();
        await db.InsertManyAsync([.. marks.Select(m => _meetings[m.Date].Bring(Real(m.Member.Member!.Value), DayPlanner.CodeOf(m.Mark), batch.Id))], ct);
        foreach (var meeting in plan.Completed.Select(d => _meetings[d]))
        {
            meeting.Complete(reading.Rights.Today, []);
            _completed.Add(meeting.Id);
        }
    }

    private async Task SetSponsorsAsync(CancellationToken ct)
    {
        var rows = plan.Diff.Added.Select(l => (ReportSponsor)l.Source!).Select(r => (Member: Real(reading.Names.Find(r.Sponsored).Member!.Value), Sponsor: Real(r.Sponsor.Member!.Value))).ToList();
        var ids = rows.Select(r => r.Member).ToList();
        var members = await db.Members.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        foreach (var (member, sponsor) in rows)
        {
            _sponsors.Add(new(member, members[member].SponsorId, sponsor));
            members[member].Sponsored(sponsor);
        }
    }

    // A new member is called by a key of their own until they are made.
    private Guid Real(Guid member) => _made.GetValueOrDefault(member, member);
}

/// <summary>Slips and visits of imports, whatever their kind, in one statement a table. No report names a testimonial: a summary counts them.</summary>
internal static class ImportSlips
{
    private static readonly string[] Tables = ["referrals", "one_to_ones", "closed_business", "education_units", "visitors"];

    /// <summary>Takes out what is not out already.</summary>
    public static Task RemoveAsync(SourcingDb db, IReadOnlyList<Guid> ids, Guid by, string reason, CancellationToken ct) =>
        EachAsync(db, ids, "set deleted_at = now(), deleted_by = {1}, removed_because = {2} where id = any ({0}) and deleted_at is null", [by, reason], ct);

    /// <summary>Takes out what a batch brought, but for some.</summary>
    public static async Task RemoveOfAsync(SourcingDb db, Guid batch, IReadOnlyList<Guid> but, Guid by, string reason, CancellationToken ct)
    {
        foreach (var table in Tables)
        {
            // Names come from the list above, never from data.
            var sql = $"update {table} set deleted_at = now(), deleted_by = {{2}}, removed_because = {{3}} where import_batch_id = {{0}} and not id = any ({{1}}) and deleted_at is null";
            await db.Database.ExecuteSqlRawAsync(sql, [batch, but.ToArray(), by, reason], ct);
        }
    }

    /// <summary>Brings back what was taken out.</summary>
    public static Task RestoreAsync(SourcingDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        EachAsync(db, ids, "set deleted_at = null, deleted_by = null, removed_because = '' where id = any ({0}) and deleted_at is not null", [], ct);

    /// <summary>Says that another batch brought them, and puts them under its meeting where it has one.</summary>
    public static Task HandOverAsync(SourcingDb db, IReadOnlyList<Guid> ids, Guid batch, Guid? meeting, CancellationToken ct) => meeting is { } id
        ? EachAsync(db, ids, "set import_batch_id = {1}, meeting_id = {2} where id = any ({0})", [batch, id], ct)
        : EachAsync(db, ids, "set import_batch_id = {1} where id = any ({0})", [batch], ct);

    private static async Task EachAsync(SourcingDb db, IReadOnlyList<Guid> ids, string act, object[] values, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return;
        }

        foreach (var table in Tables)
        {
            var sql = $"update {table} {act}";
            await db.Database.ExecuteSqlRawAsync(sql, [ids.ToArray(), .. values], ct);
        }
    }
}
