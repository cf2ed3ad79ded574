using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Somebody outside in the list.</summary>
/// <param name="Chapter">Empty for somebody of none.</param>
/// <param name="Slips">On which they stand, removed ones too: these can come back.</param>
/// <param name="Last">The day of the last meeting at which one of these slips was told; null for none.</param>
public sealed record ExternalRow(Guid Id, string Name, string Chapter, int Slips, DateOnly? Last);

/// <summary>A new name of somebody outside.</summary>
public sealed class ExternalForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid Id { get; set; }

    /// <summary>The name when the form was opened: another meanwhile is a conflict.</summary>
    public string OldName { get; set; } = "";

    public string OldChapter { get; set; } = "";

    [Required(ErrorMessage = "Type the person's name."), StringLength(160, ErrorMessage = "The name is longer than 160 characters.")]
    public string Name { get; set; } = "";

    [Display(Name = "Their chapter"), StringLength(160, ErrorMessage = "The chapter's name is longer than 160 characters.")]
    public string Chapter { get; set; } = "";
}

/// <summary>Reads people outside a chapter.</summary>
public sealed class ExternalQueries(Database database, CurrentUser user)
{
    /// <summary>By name, at most <see cref="MemberQueries.Most"/>. For whoever leads.</summary>
    public Task<IReadOnlyList<ExternalRow>> ListAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync<IReadOnlyList<ExternalRow>>(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, chapterId, token);
                var rows = await db.Database.SqlQuery<Row>(
                    $"""
                    select x.id as "Id", x.name as "Name", x.chapter_name as "Chapter", count(t.id)::int as "Slips", max(t.held_on) as "Last"
                    from external_parties x left join (
                        select giver_external_id as id, meeting_id from referrals where chapter_id = {chapterId} union all select receiver_external_id, meeting_id from referrals where chapter_id = {chapterId}
                        union all select initiator_external_id, meeting_id from one_to_ones where chapter_id = {chapterId} union all select partner_external_id, meeting_id from one_to_ones where chapter_id = {chapterId}
                        union all select thanked_external_id, meeting_id from closed_business where chapter_id = {chapterId} union all select about_external_id, meeting_id from testimonials where chapter_id = {chapterId}
                    ) s on s.id = x.id left join meetings t on t.id = s.meeting_id
                    where x.chapter_id = {chapterId} group by x.id, x.name, x.chapter_name order by lower(x.name), lower(x.chapter_name), x.id limit {MemberQueries.Most}
                    """).ToListAsync(token);
                return [.. rows.Select(r => new ExternalRow(r.Id, r.Name, r.Chapter, r.Slips, r.Last))];
            }, ct);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Chapter { get; init; } = "";

        public int Slips { get; init; }

        public DateOnly? Last { get; init; }
    }
}

/// <summary>Acts on people outside a chapter. For whoever leads it.</summary>
public sealed class ExternalService(Database database, CurrentUser user)
{
    private static readonly string[] All = [SourcingDb.LiveRows];

    /// <summary>Gives another name or chapter. Refuses a pair that another has, and one that somebody renamed meanwhile.</summary>
    public Task<Guid> RenameAsync(ExternalForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var party = await FindAsync(db, form.Id, token);
            if (party.Name != form.OldName || party.ChapterName != form.OldChapter)
            {
                throw new RefusedException(nameof(form.Name), $"Somebody renamed this person to {party.Name}{(party.ChapterName.Length > 0 ? $", {party.ChapterName}" : "")} meanwhile. Close this and look at the list again.");
            }

            party.Rename(form.Name, form.Chapter ?? "");
            var others = await db.ExternalParties.AsNoTracking().Where(p => p.ChapterId == party.ChapterId && p.Id != party.Id).Select(p => new { p.Name, p.ChapterName }).ToListAsync(token);
            if (others.Exists(p => p.Name.Equals(party.Name, StringComparison.OrdinalIgnoreCase) && p.ChapterName.Equals(party.ChapterName, StringComparison.OrdinalIgnoreCase)))
            {
                throw new RefusedException(nameof(form.Name), $"{party.Name} is in the list already. Choose both and make one person of them.");
            }

            await db.SaveChangesAsync(token);
            return party.Id;
        }, ct);
    }

    /// <summary>
    /// Makes one person of two: all slips of the second go to the first, and the second is gone for good; the history holds it. Refuses two of different chapters' lists and one with
    /// itself. It cannot be taken apart again.
    /// </summary>
    public Task MergeAsync(Guid keep, Guid giveUp, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        if (keep == giveUp)
        {
            throw new RefusedException("Choose two different people.");
        }

        return database.WriteAsync(async (db, token) =>
        {
            var (kept, gone) = (await FindAsync(db, keep, token), await FindAsync(db, giveUp, token));
            if (kept.ChapterId != gone.ChapterId)
            {
                throw new RefusedException("The two people are known to different chapters, and each keeps its own list.");
            }

            await db.Referrals.IgnoreQueryFilters(All).Where(r => r.GiverExternalId == giveUp).ExecuteUpdateAsync(s => s.SetProperty(r => r.GiverExternalId, keep), token);
            await db.Referrals.IgnoreQueryFilters(All).Where(r => r.ReceiverExternalId == giveUp).ExecuteUpdateAsync(s => s.SetProperty(r => r.ReceiverExternalId, keep), token);
            await db.OneToOnes.IgnoreQueryFilters(All).Where(r => r.InitiatorExternalId == giveUp).ExecuteUpdateAsync(s => s.SetProperty(r => r.InitiatorExternalId, keep), token);
            await db.OneToOnes.IgnoreQueryFilters(All).Where(r => r.PartnerExternalId == giveUp).ExecuteUpdateAsync(s => s.SetProperty(r => r.PartnerExternalId, keep), token);
            await db.ClosedBusiness.IgnoreQueryFilters(All).Where(r => r.ThankedExternalId == giveUp).ExecuteUpdateAsync(s => s.SetProperty(r => r.ThankedExternalId, keep), token);
            await db.Testimonials.IgnoreQueryFilters(All).Where(t => t.AboutExternalId == giveUp).ExecuteUpdateAsync(s => s.SetProperty(t => t.AboutExternalId, keep), token);
            await db.ExternalParties.Where(p => p.Id == giveUp).ExecuteDeleteAsync(token);
        }, ct);
    }

    private async Task<ExternalParty> FindAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        var party = await db.ExternalParties.SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw new MissingException("person outside");
        await Seats.DemandLeadAsync(db, user, party.ChapterId, ct);
        return party;
    }
}
