using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>
/// What a slips audit would bring. Rows have no day: all go under one meeting of the period. Equal rows are legitimate and all kept; compared are contents and numbers, so that
/// a newer upload leaves what is the same as it was, with everything that happened to it since.
/// </summary>
internal static class SlipPlanner
{
    public static async Task<ImportPlan> PlanAsync(SourcingDb db, ImportReading reading, ImportBatch batch, CancellationToken ct)
    {
        var after = reading.Taken(reading.Report.Slips).Select(s => Line(reading, s)).ToList();
        var names = await NamesAsync(db, reading.Rights.ChapterId, ct);
        var before = reading.Earlier is { } earlier ? await StoredAsync(db, names, StoredSlips.Of(db, earlier.Id), ct) : [];
        var plan = ImportPlan.Of(before, after);
        if (reading.Period is not { } period)
        {
            return plan;
        }

        var target = await TargetAsync(db, reading, batch, period, ct);
        var byHand = await StoredAsync(db, names, StoredSlips.ByHand(db, reading.Rights.ChapterId, period), ct);
        var (alike, rest) = Alike(byHand, plan.Diff.Added);
        plan = plan with { Diff = plan.Diff with { Added = rest }, There = alike.Where(l => l.Source is ReportSlip { Kind: ReportSlipKind.Visitor }).ToList() };
        return plan with { Target = target, Days = target is null ? [] : [target.Day], NewMeetings = target is { Meeting: null } ? [target.Day] : [], Notes = Notes(target, period, alike.Count - plan.There.Count) };
    }

    /// <summary>Tier of closed business that says none: the payer is taken for the customer.</summary>
    public static int TierOf(ReportSlip slip) => slip.Tier ?? 1;

    /// <summary>The other chapter of somebody outside: as was answered, else as the row's detail says.</summary>
    public static string ChapterOf(ReportSlip slip, PartyReading party) => party.Chapter.Length > 0 ? party.Chapter : slip.Kind is ReportSlipKind.Credits or ReportSlipKind.Visitor ? "" : Cut(slip.Detail, 160);

    /// <summary>What is kept of a row's detail.</summary>
    public static string NoteOf(ReportSlip slip) => Cut(slip.Detail, Slip.LongestText);

    private static PlanLine Line(ImportReading reading, ReportSlip slip)
    {
        var (from, to) = (Said(reading, slip, slip.From), Said(reading, slip, slip.To));
        var kind = KindOf(slip.Kind);
        return Line(slip.Row, kind, from, slip.Kind == ReportSlipKind.Visitor ? ("", slip.Visitor) : to, kind == SlipKind.ClosedBusiness ? TierOf(slip) : slip.Tier, slip.IsInside, slip.Amount, slip.Credits, NoteOf(slip), reading.Rights.Currency) with { Source = slip };
    }

    private static (string Key, string Text) Said(ImportReading reading, ReportSlip slip, PartyReading party) => party switch
    {
        { State: PartyState.Nobody } => ("", ""),
        { Member: { } member } => (member.ToString("N"), reading.NameOf(party)),
        _ => Outside(party.Text, ChapterOf(slip, party)),
    };

    private static (string Key, string Text) Outside(string name, string chapter) => ($"{NameKey.Of(name)}@{NameKey.Of(chapter)}", chapter.Length == 0 ? name : $"{name} ({chapter})");

    private static PlanLine Line(int row, SlipKind kind, (string Key, string Text) from, (string Key, string Text) to, int? tier, bool inside, decimal amount, decimal credits, string note, string currency)
    {
        var visitor = kind == SlipKind.Visitor ? NameKey.Of(to.Text) : "";
        var content = FormattableString.Invariant($"{kind}|{from.Key}|{to.Key}|{tier}|{inside}|{amount:0.00}|{credits:0.00}|{visitor}|{NameKey.Of(note)}");
        var what = kind switch
        {
            SlipKind.Referral => $"Referral, tier {tier}",
            SlipKind.OneToOne => "One-to-one",
            SlipKind.ClosedBusiness => $"Closed business, {currency} {amount.ToString("N2", CultureInfo.CurrentCulture)}",
            SlipKind.Education => $"Education, {credits.ToString("0.##", CultureInfo.CurrentCulture)} {(credits == 1 ? "credit" : "credits")}",
            _ => "Visitor",
        };
        return new(row, content, what, from.Text, to.Text, note);
    }

    private static async Task<List<PlanLine>> StoredAsync(SourcingDb db, Names names, StoredSlips slips, CancellationToken ct)
    {
        (string, string) Side(Guid? member, Guid? external) => member is { } id ? (id.ToString("N"), names.Members.GetValueOrDefault(id, "A former member")) : external is { } x && names.Outside.TryGetValue(x, out var known) ? Outside(known.Name, known.ChapterName) : ("", "");
        var lines = new List<PlanLine>();
        foreach (var r in await slips.Referrals.Select(r => new { r.Id, r.ImportRow, r.GiverId, r.GiverExternalId, r.ReceiverId, r.ReceiverExternalId, r.Tier, r.Note }).ToListAsync(ct))
        {
            lines.Add(Line(r.ImportRow ?? 0, SlipKind.Referral, Side(r.GiverId, r.GiverExternalId), Side(r.ReceiverId, r.ReceiverExternalId), r.Tier, false, 0, 0, r.Note, "") with { Stored = r.Id });
        }

        foreach (var o in await slips.OneToOnes.Select(o => new { o.Id, o.ImportRow, o.InitiatorId, o.InitiatorExternalId, o.PartnerId, o.PartnerExternalId, o.Note }).ToListAsync(ct))
        {
            lines.Add(Line(o.ImportRow ?? 0, SlipKind.OneToOne, Side(o.InitiatorId, o.InitiatorExternalId), Side(o.PartnerId, o.PartnerExternalId), null, false, 0, 0, o.Note, "") with { Stored = o.Id });
        }

        foreach (var b in await slips.Business.Select(b => new { b.Id, b.ImportRow, b.ThankedId, b.ThankedExternalId, b.Tier, b.IsInside, b.Amount, b.Currency, b.Note }).ToListAsync(ct))
        {
            lines.Add(Line(b.ImportRow ?? 0, SlipKind.ClosedBusiness, ("", ""), Side(b.ThankedId, b.ThankedExternalId), b.Tier, b.IsInside, b.Amount, 0, b.Note, b.Currency) with { Stored = b.Id });
        }

        foreach (var e in await slips.Education.Select(e => new { e.Id, e.ImportRow, e.MemberId, e.Credits, e.Note }).ToListAsync(ct))
        {
            lines.Add(Line(e.ImportRow ?? 0, SlipKind.Education, Side(e.MemberId, null), ("", ""), null, false, 0, e.Credits, e.Note, "") with { Stored = e.Id });
        }

        foreach (var v in await slips.Visitors.Select(v => new { v.Id, v.ImportRow, v.InviterId, v.Name, v.Note }).ToListAsync(ct))
        {
            lines.Add(Line(v.ImportRow ?? 0, SlipKind.Visitor, Side(v.InviterId, null), ("", v.Name), null, false, 0, 0, v.Note, "") with { Stored = v.Id });
        }

        return lines;
    }

    // The same people and kind, whatever the note: rows that somebody perhaps entered by hand as well. Visitors who stand there are not written again.
    private static (List<PlanLine> Alike, List<PlanLine> Left) Alike(List<PlanLine> byHand, IReadOnlyList<PlanLine> added)
    {
        var there = byHand.GroupBy(Likeness).ToDictionary(g => g.Key, g => g.Count());
        var (alike, rest) = (new List<PlanLine>(), new List<PlanLine>());
        foreach (var line in added)
        {
            var isThere = there.TryGetValue(Likeness(line), out var left) && left > 0;
            if (isThere)
            {
                there[Likeness(line)] = left - 1;
                alike.Add(line);
            }

            if (!isThere || line.Source is not ReportSlip { Kind: ReportSlipKind.Visitor })
            {
                rest.Add(line);
            }
        }

        return (alike, rest);
    }

    private static string Likeness(PlanLine line)
    {
        var parts = line.Content.Split('|');
        return parts[0] == nameof(SlipKind.Visitor) ? $"{parts[0]}|{parts[7]}" : $"{parts[0]}|{parts[1]}|{parts[2]}|{parts[5]}|{parts[6]}";
    }

    private static async Task<SlipTarget?> TargetAsync(SourcingDb db, ImportReading reading, ImportBatch batch, Period period, CancellationToken ct)
    {
        var last = period.Last < reading.Rights.Today ? period.Last : reading.Rights.Today;
        if (last < period.First)
        {
            return null;
        }

        var meetings = await db.Meetings.Where(m => m.ChapterId == reading.Rights.ChapterId && m.HeldOn >= period.First && m.HeldOn <= last && m.Status != MeetingStatus.Holiday && m.Status != MeetingStatus.Discarded)
            .OrderByDescending(m => m.HeldOn).Take(120).Select(m => new { m.Id, m.HeldOn, m.Status }).ToListAsync(ct);
        var options = meetings.Select(m => new MeetingChoice(m.Id, m.HeldOn)).ToList();
        var meeting = meetings.FirstOrDefault(m => m.Id == batch.MeetingId) ?? meetings.FirstOrDefault(m => m.Status == MeetingStatus.Completed) ?? meetings.FirstOrDefault();
        return meeting is not null ? new(meeting.Id, meeting.HeldOn, meeting.Status, options) : await NewDayAsync(db, reading, period, last, ct) is { } day ? new(null, day, null, options) : null;
    }

    // The last day of the period on which the chapter meets and nothing stands, else its last.
    private static async Task<DateOnly?> NewDayAsync(SourcingDb db, ImportReading reading, Period period, DateOnly last, CancellationToken ct)
    {
        var taken = (await db.Meetings.Where(m => m.ChapterId == reading.Rights.ChapterId && m.HeldOn >= period.First && m.HeldOn <= last).Select(m => m.HeldOn).ToListAsync(ct)).ToHashSet();
        var free = Enumerable.Range(0, last.DayNumber - period.First.DayNumber + 1).Select(i => last.AddDays(-i)).Where(d => !taken.Contains(d)).ToList();
        return free.Where(d => MeetingService.WeekdayOf(d) == reading.Rights.MeetingDay).Concat(free).Select(d => (DateOnly?)d).FirstOrDefault();
    }

    private static List<string> Notes(SlipTarget? target, Period period, int alike)
    {
        var notes = new List<string>();
        if (target is null)
        {
            notes.Add("The period has no day up to today on which a meeting could be, so the slips have nowhere to go. Choose another period.");
            return notes;
        }

        if (period.Months.Count > 1)
        {
            notes.Add($"The rows have no days of their own, so all of them count in {target.Day:MMMM yyyy}. Export month by month for reports of single months.");
        }

        if (target.Status != MeetingStatus.Completed)
        {
            notes.Add("That meeting is not completed yet: the slips count in reports as soon as it is.");
        }

        if (alike > 0)
        {
            notes.Add($"{ImportWords.Count(alike, "row looks", "rows look")} like {(alike == 1 ? "a slip" : "slips")} entered by hand in this period. Both count: remove the ones entered by hand if they are the same.");
        }

        return notes;
    }

    private static async Task<Names> NamesAsync(SourcingDb db, Guid chapter, CancellationToken ct) => new(
        await db.MemberNames.Where(n => n.ChapterId == chapter).ToDictionaryAsync(n => n.Id, n => n.FullName, ct),
        await db.ExternalParties.Where(p => p.ChapterId == chapter).AsNoTracking().ToDictionaryAsync(p => p.Id, ct));

    private static SlipKind KindOf(ReportSlipKind kind) => kind switch
    {
        ReportSlipKind.Referral => SlipKind.Referral,
        ReportSlipKind.OneToOne => SlipKind.OneToOne,
        ReportSlipKind.ClosedBusiness => SlipKind.ClosedBusiness,
        ReportSlipKind.Credits => SlipKind.Education,
        _ => SlipKind.Visitor,
    };

    private static string Cut(string text, int length) => text.Length > length ? text[..(length - 1)] + "…" : text;

    private sealed record Names(Dictionary<Guid, string> Members, Dictionary<Guid, ExternalParty> Outside);

    /// <summary>Slips of one origin, kind by kind.</summary>
    private sealed record StoredSlips(IQueryable<Referral> Referrals, IQueryable<OneToOne> OneToOnes, IQueryable<ClosedBusiness> Business, IQueryable<EducationUnit> Education, IQueryable<Visitor> Visitors)
    {
        /// <summary>Those that a batch brought.</summary>
        public static StoredSlips Of(SourcingDb db, Guid batch) => new(
            db.Referrals.Where(s => s.ImportBatchId == batch), db.OneToOnes.Where(s => s.ImportBatchId == batch), db.ClosedBusiness.Where(s => s.ImportBatchId == batch),
            db.EducationUnits.Where(s => s.ImportBatchId == batch), db.Visitors.Where(s => s.ImportBatchId == batch));

        /// <summary>Those that no slips audit brought, under meetings of a period.</summary>
        public static StoredSlips ByHand(SourcingDb db, Guid chapter, Period period)
        {
            var (first, last) = (period.First, period.Last);
            var meetings = db.Meetings.Where(m => m.ChapterId == chapter && m.HeldOn >= first && m.HeldOn <= last).Select(m => m.Id);
            return new(
                db.Referrals.Where(s => s.ImportBatchId == null && meetings.Contains(s.MeetingId)), db.OneToOnes.Where(s => s.ImportBatchId == null && meetings.Contains(s.MeetingId)),
                db.ClosedBusiness.Where(s => s.ImportBatchId == null && meetings.Contains(s.MeetingId)), db.EducationUnits.Where(s => s.ImportBatchId == null && meetings.Contains(s.MeetingId)),
                db.Visitors.Where(s => meetings.Contains(s.MeetingId) && (s.ImportBatchId == null || db.ChapterImportBatches.Any(b => b.Id == s.ImportBatchId && b.Kind == ReportKind.VisitorRegistration))));
        }
    }
}
