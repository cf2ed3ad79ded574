using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>
/// Brings reports of other systems into a chapter: an upload is read and kept, its questions are answered, and when somebody has seen what it changes, it is applied as a whole or
/// not at all. For those who lead the chapter.
/// </summary>
public sealed class ChapterImportService(Database database, CurrentUser user, UploadLimit limit)
{
    /// <summary>
    /// Reads a file and keeps it, staged: nothing of it counts yet. Refuses files beyond 50 MB, what is no known report, a file that is in already for the same period, and a month
    /// that is closed, with all findings.
    /// </summary>
    /// <param name="key">Made when the page opened: a second upload with it gives the same batch.</param>
    /// <param name="expected">What the file is meant to be; null to find out.</param>
    /// <exception cref="ReportRefusedException">Nothing of the file can be taken.</exception>
    public async Task<Guid> UploadAsync(Guid key, Guid chapterId, ReportKind? expected, string fileName, Stream content, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        limit.Demand(user);
        await using var file = await TemporaryFile.ReceiveAsync(content, FileLimits.Bytes, ct);
        var bytes = new byte[file.Size];
        await file.Content.ReadExactlyAsync(bytes, ct);
        var name = Path.GetFileName(fileName.Replace('\\', '/'));
        name = name.Length == 0 || !FormShape.CanBeKept(name) ? "report" : name;
        return await database.WriteOnceAsync(key, async (db, token) =>
        {
            var rights = await Seats.DemandLeadAsync(db, user, chapterId, token);
            var reading = await ImportReader.ReadAsync(db, rights, null, name, bytes, expected, [], token);
            var refused = reading.Issues.Where(i => i.Effect == IssueEffect.Reject && i.Code != IssueCode.PeriodOverlap).ToList();
            if (refused.Count > 0)
            {
                throw new ReportRefusedException(refused);
            }

            var batch = new ImportBatch(chapterId, reading.Report.Kind!.Value, name, Convert.ToHexStringLower(SHA256.HashData(bytes)), user.Id);
            batch.Found(reading.Period, reading.Scope, RowsOf(reading));
            db.Add(batch);
            await db.SaveChangesAsync(token);
            db.Add(new ImportFile(batch.Id, chapterId, ImportReader.Pack(bytes)));
            await db.SaveChangesAsync(token);
            await db.InsertManyAsync([.. reading.Issues.DistinctBy(RowIssue.KeyOf).Select(i => new RowIssue(batch, i))], token);
            return batch.Id;
        }, ct);
    }

    /// <summary>Says who a name means, in all rows where it stands. Refuses a member of another chapter, and an answer that lacks something.</summary>
    public Task<Guid> AnswerAsync(NameAnswerForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, (db, token) => ChangeAsync(db, form.BatchId, async work =>
        {
            var answer = await AnswerOfAsync(db, work, form, token);
            var asked = work.Issues.Where(i => i.Effect == IssueEffect.Assign && NameKey.Of(i.Value) == NameKey.Of(form.Name)).ToList();
            if (asked.Count == 0)
            {
                throw new RefusedException(nameof(form.Name), $"Nobody asks for “{form.Name}” any more. Load the page again.");
            }

            var now = await db.NowAsync(token);
            asked.ForEach(i => i.Settle(answer, user.Id, now));
        }, token), ct);
    }

    /// <summary>Answers every name that is still open in one way: all become members, all are outside the chapter, or their rows stay out. Names that several members have are left open.</summary>
    /// <param name="joinedOn">Since when new members belong to the chapter; needed for those alone.</param>
    public Task AnswerAllAsync(Guid batchId, AnswerKind kind, DateOnly? joinedOn, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        if (kind is AnswerKind.Member or AnswerKind.Yes || (kind == AnswerKind.NewMember && joinedOn is null))
        {
            throw new RefusedException("JoinedOn", "Say since when the new members belong to the chapter.");
        }

        return database.WriteAsync((db, token) => ChangeAsync(db, batchId, async work =>
        {
            var now = await db.NowAsync(token);
            foreach (var name in work.Issues.Where(i => i is { Code: IssueCode.NameUnknown, Status: IssueStatus.Open }).GroupBy(i => NameKey.Of(i.Value)).ToList())
            {
                var text = NameKey.Tidy(name.First().Value);
                var (first, last) = text.LastIndexOf(' ') is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
                var answer = kind == AnswerKind.NewMember ? new IssueAnswer(kind, Guid.CreateVersion7(), first, last, joinedOn) : new(kind);
                foreach (var issue in name)
                {
                    issue.Settle(answer, user.Id, now);
                }
            }
        }, token), ct);
    }

    /// <summary>
    /// Settles findings: confirms what needs a yes, and leaves out the rows of all others. Also of an import that is in: there, rows that stayed out are settled for good.
    /// </summary>
    /// <param name="ids">At most 500; those that are settled already are left alone.</param>
    public Task SettleAsync(Guid batchId, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        Catalog.PartService.DemandFew(ids);
        return SettleAsync(batchId, issue => ids.Contains(issue.Id), ct);
    }

    /// <summary>Settles every open finding of a code in the same way.</summary>
    public Task SettleAllAsync(Guid batchId, IssueCode code, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return SettleAsync(batchId, issue => issue.Code == code && issue.Status == IssueStatus.Open, ct);
    }

    /// <summary>Takes answers back: the questions are open again. Refuses an import that is in.</summary>
    public Task AskAgainAsync(Guid batchId, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        Catalog.PartService.DemandFew(ids);
        return database.WriteAsync((db, token) => ChangeAsync(db, batchId, work =>
        {
            var names = work.Issues.Where(i => ids.Contains(i.Id) && i.Effect == IssueEffect.Assign).Select(i => NameKey.Of(i.Value)).ToHashSet();
            foreach (var issue in work.Issues.Where(i => ids.Contains(i.Id) || (i.Effect == IssueEffect.Assign && names.Contains(NameKey.Of(i.Value)))))
            {
                issue.Ask();
            }

            return Task.CompletedTask;
        }, token), ct);
    }

    /// <summary>Says which days the report covers.</summary>
    public Task ChoosePeriodAsync(Guid batchId, DateOnly first, DateOnly last, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync((db, token) => ChangeAsync(db, batchId, work =>
        {
            work.Batch.Choose(first, last);
            return Task.CompletedTask;
        }, token), ct);
    }

    /// <summary>Says under which meeting slips are put. Refuses one outside the period, one to come and one that was called off.</summary>
    public Task ChooseMeetingAsync(Guid batchId, Guid meetingId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync((db, token) => ChangeAsync(db, batchId, async work =>
        {
            var meeting = await db.Meetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == meetingId && m.ChapterId == work.Batch.ChapterId, token) ?? throw new MissingException("meeting");
            if (!meeting.TakesEntries || meeting.HeldOn > work.Rights.Today || work.Batch.Period?.Covers(meeting.HeldOn) != true)
            {
                throw new RefusedException("Meeting", "Slips go under a meeting of the report's own period, up to today, that was not called off. Choose another one.");
            }

            work.Batch.Put(meetingId);
        }, token), ct);
    }

    /// <summary>Reads a staged upload anew, where members or other imports changed since.</summary>
    public Task CheckAgainAsync(Guid batchId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync((db, token) => ChangeAsync(db, batchId, _ => Task.CompletedTask, token), ct);
    }

    /// <summary>
    /// Brings everything in, in one transaction. Refuses open questions, what nobody confirmed, rows with errors unless they are to stay out, a state that is not the one that was shown,
    /// and closed months; then nothing is written.
    /// </summary>
    public Task<Guid> ApplyAsync(ApplyForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.AllowMinutesAsync(2, token);
            var work = await ImportWork.OpenAsync(db, user, form.BatchId, token);
            work.Batch.DemandStaged();
            if (work.Batch.Version != form.Version)
            {
                throw new ConflictException();
            }

            var reading = await work.ReadAsync(token);
            await work.KeepAsync(reading, token);
            work.DemandReady(reading, form);
            var plan = await ImportPlanner.PlanAsync(db, reading, work.Batch, token);
            DemandWorth(plan, work.Batch);
            await ClosedMonths.DemandOpenAsync(db, work.Batch.ChapterId, plan.Days.Concat(reading.Earlier is { } before ? DaysOf(before) : []), token);
            if (reading.Earlier is { } earlier)
            {
                (await db.ChapterImportBatches.SingleAsync(b => b.Id == earlier.Id, token)).GiveWay();
                await db.SaveChangesAsync(token);
            }

            var trace = await new ImportWriter(db, reading, plan, work.Batch, user.Id).WriteAsync(form.JoinedOn, token);
            var meeting = plan.Target is { } target ? await db.Meetings.Where(m => m.ChapterId == work.Batch.ChapterId && m.HeldOn == target.Day).Select(m => (Guid?)m.Id).SingleAsync(token) : null;
            work.Batch.Apply(user.Id, await db.NowAsync(token), plan.Taken, Math.Max(0, work.Batch.Rows - reading.Taken([.. reading.Report.Rows]).Select(r => r.Row).Distinct().Count()), reading.Earlier?.Id, meeting, trace.Json);
            await db.SaveChangesAsync(token);
            return work.Batch.Id;
        }, ct);
    }

    /// <summary>Takes an import back: what it brought goes, and what it had taken the place of counts again. Refuses closed months, and an import that is not in.</summary>
    /// <returns>Members that it made and that stay, because something else points to them by now.</returns>
    public Task<int> UndoAsync(Guid batchId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            await db.AllowMinutesAsync(2, token);
            var batch = (await ImportWork.OpenAsync(db, user, batchId, token)).Batch;
            await ClosedMonths.DemandOpenAsync(db, batch.ChapterId, DaysOf(batch), token);
            batch.Undo(user.Id, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            var earlier = batch.ReplacesId is { } id ? await db.ChapterImportBatches.SingleOrDefaultAsync(b => b.Id == id && b.Status == BatchStatus.Replaced, token) : null;
            var stay = await ImportUndoing.UndoAsync(db, batch, earlier, user.Id, token);
            earlier?.ComeBack();
            await db.SaveChangesAsync(token);
            return stay;
        }, ct);
    }

    /// <summary>Throws a staged upload away, with its file.</summary>
    public Task DiscardAsync(Guid batchId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var batch = (await ImportWork.OpenAsync(db, user, batchId, token)).Batch;
            batch.Discard(user.Id, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.ChapterImportFiles.Where(f => f.Id == batchId).ExecuteDeleteAsync(token);
        }, ct);
    }

    private Task SettleAsync(Guid batchId, Func<RowIssue, bool> which, CancellationToken ct) => database.WriteAsync((db, token) => ChangeAsync(db, batchId, async work =>
    {
        var now = await db.NowAsync(token);
        foreach (var issue in work.Issues.Where(which))
        {
            if (issue.Effect is IssueEffect.Reject || (issue.Effect == IssueEffect.Ask && issue.Row is null))
            {
                throw new RefusedException($"{issue.Message} {issue.Fix}");
            }

            issue.Settle(new(issue.Effect == IssueEffect.Confirm ? AnswerKind.Yes : AnswerKind.LeaveOut), user.Id, now);
        }
    }, token, orApplied: true), ct);

    // Under a lock of its own, so that two who answer at once come one after the other; then the file is read anew with what is known now.
    private async Task<Guid> ChangeAsync(SourcingDb db, Guid batchId, Func<ImportWork, Task> change, CancellationToken ct, bool orApplied = false)
    {
        var work = await ImportWork.OpenAsync(db, user, batchId, ct);
        if (!orApplied || work.Batch.Status != BatchStatus.Applied)
        {
            work.Batch.DemandStaged();
        }

        await change(work);
        if (work.Batch.Status == BatchStatus.Staged)
        {
            await work.KeepAsync(await work.ReadAsync(ct), ct);
            db.Entry(work.Batch).Property(b => b.Rows).IsModified = true;
        }

        await db.SaveChangesAsync(ct);
        return batchId;
    }

    private static async Task<IssueAnswer> AnswerOfAsync(SourcingDb db, ImportWork work, NameAnswerForm form, CancellationToken ct)
    {
        if (form.Kind == AnswerKind.NewMember)
        {
            // The rules of a member are asked now and not when everything is brought in.
            _ = new Member(work.Batch.ChapterId, new(form.First, form.Last ?? ""));
            return new(form.Kind, Guid.CreateVersion7(), NameKey.Tidy(form.First), NameKey.Tidy(form.Last ?? ""), form.JoinedOn);
        }

        if (form.Kind != AnswerKind.Member)
        {
            return new(form.Kind, Chapter: NameKey.Tidy(form.Chapter ?? ""));
        }

        var member = await db.Members.Where(m => m.Id == form.MemberId && m.ChapterId == work.Batch.ChapterId).Select(m => new { m.Id, m.NameKey }).SingleOrDefaultAsync(ct)
            ?? throw new RefusedException(nameof(form.MemberId), "Choose a member of this chapter.");
        return new(form.Kind, member.Id, Remember: form.Remember && member.NameKey != NameKey.Of(form.Name));
    }

    private static void DemandWorth(ImportPlan plan, ImportBatch batch)
    {
        if (batch.Kind is ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded && plan.Target is null)
        {
            throw new RefusedException("The period has no day up to today on which a meeting could be. Choose another period.");
        }

        if (plan.Diff.IsEmpty && plan.Diff.Unchanged.Count == 0)
        {
            throw new RefusedException(plan.There.Count > 0 ? "Everything in the file stands here already, so there is nothing to bring in." : "No row of the file can be taken, so there is nothing to bring in. " + string.Join(" ", plan.Notes));
        }
    }

    private static IEnumerable<DateOnly> DaysOf(ImportBatch batch) => batch.Kind is ReportKind.PalmsSummary or ReportKind.RegionSummary or ReportKind.Sponsors ? [] : batch.Period?.Months.Select(m => m.First) ?? [];

    internal static int RowsOf(ImportReading reading) => reading.Report.Rows.Select(r => r.Row).Concat(reading.Issues.Where(i => i.Effect == IssueEffect.RowError && i.Row is not null).Select(i => i.Row!.Value)).Distinct().Count();
}
