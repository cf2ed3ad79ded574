using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>Takes an import back: what it brought goes, and what the batch before it had brought is there again.</summary>
internal static class ImportUndoing
{
    /// <returns>Members made by it who stay, because something else points to them by now.</returns>
    public static async Task<int> UndoAsync(SourcingDb db, ImportBatch batch, ImportBatch? earlier, Guid by, CancellationToken ct)
    {
        var trace = BatchTrace.Of(batch.Trace);
        await ImportSlips.RemoveOfAsync(db, batch.Id, trace.Kept, by, $"The import was taken back: {batch.FileName}", ct);
        if (earlier is not null)
        {
            await ImportSlips.HandOverAsync(db, trace.Kept, earlier.Id, earlier.MeetingId, ct);
            await ImportSlips.RestoreAsync(db, trace.Gone, ct);
        }

        await UndoMarksAsync(db, batch, earlier, trace, ct);
        foreach (var change in trace.Sponsors)
        {
            if (await db.Members.SingleOrDefaultAsync(m => m.Id == change.Member && m.SponsorId == change.After, ct) is { } member)
            {
                member.Sponsored(change.Before);
            }
        }

        db.RemoveRange(await db.MemberAliases.Where(a => trace.Aliases.Contains(a.Id)).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        await UndoMeetingsAsync(db, trace, ct);
        return await UndoMembersAsync(db, trace.Members, ct);
    }

    private static async Task UndoMarksAsync(SourcingDb db, ImportBatch batch, ImportBatch? earlier, BatchTrace trace, CancellationToken ct)
    {
        if (batch.Kind != Files.ReportKind.PalmsAttendance)
        {
            return;
        }

        // Codes have no removed state: those that the batch before had brought are written again.
        var kept = trace.KeptMarks.ToHashSet();
        await db.Attendances.Where(a => a.ImportBatchId == batch.Id && !kept.Contains(a.Id)).ExecuteDeleteAsync(ct);
        if (earlier is null)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync($"update attendances set import_batch_id = {earlier.Id} where id = any ({trace.KeptMarks.ToArray()})", ct);
        foreach (var gone in trace.GoneMarks)
        {
            if (!await db.Attendances.AnyAsync(a => a.MeetingId == gone.Meeting && a.MemberId == gone.Member, ct))
            {
                db.Add(new Attendance(gone.Meeting, batch.ChapterId, gone.Member, gone.Code, gone.Substitute, leftEarly: false, earlier.Id));
            }
        }
    }

    // A meeting that it put on the calendar goes if nothing is left under it; one that it completed is open again.
    private static async Task UndoMeetingsAsync(SourcingDb db, BatchTrace trace, CancellationToken ct)
    {
        var ids = trace.Meetings.Concat(trace.Completed).ToList();
        foreach (var meeting in await db.Meetings.Where(m => ids.Contains(m.Id)).ToListAsync(ct))
        {
            var id = meeting.Id;
            if (meeting.Status == MeetingStatus.Completed && trace.Completed.Contains(id))
            {
                meeting.Reopen();
            }

            var entries = await db.Attendances.CountAsync(a => a.MeetingId == id, ct) + await db.Referrals.CountAsync(s => s.MeetingId == id, ct) + await db.OneToOnes.CountAsync(s => s.MeetingId == id, ct)
                + await db.ClosedBusiness.CountAsync(s => s.MeetingId == id, ct) + await db.EducationUnits.CountAsync(s => s.MeetingId == id, ct)
                + await db.Testimonials.CountAsync(s => s.MeetingId == id, ct) + await db.Visitors.CountAsync(s => s.MeetingId == id, ct);
            if (trace.Meetings.Contains(id) && entries == 0 && meeting.TakesEntries)
            {
                meeting.CallOff(holiday: false, 0);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private static async Task<int> UndoMembersAsync(SourcingDb db, IReadOnlyList<Guid> made, CancellationToken ct)
    {
        var free = await db.Members.Where(m => made.Contains(m.Id) && m.UserId == null
            && !db.Attendances.Any(a => a.MemberId == m.Id) && !db.Members.Any(o => o.SponsorId == m.Id) && !db.MemberAliases.Any(a => a.MemberId == m.Id)
            && !db.Referrals.Any(r => r.GiverId == m.Id || r.ReceiverId == m.Id) && !db.OneToOnes.Any(o => o.InitiatorId == m.Id || o.PartnerId == m.Id)
            && !db.ClosedBusiness.Any(b => b.ThankedId == m.Id) && !db.EducationUnits.Any(e => e.MemberId == m.Id)
            && !db.Testimonials.Any(t => t.SpeakerId == m.Id || t.AboutId == m.Id) && !db.Visitors.Any(v => v.InviterId == m.Id)).ToListAsync(ct);
        var ids = free.Select(m => m.Id).ToList();
        db.RemoveRange(await db.MemberContacts.Where(c => ids.Contains(c.Id)).ToListAsync(ct));
        db.RemoveRange(free);
        await db.SaveChangesAsync(ct);
        return made.Count - free.Count;
    }
}
