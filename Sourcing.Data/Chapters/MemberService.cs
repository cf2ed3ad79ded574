using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Acts on members: those who lead on all of their chapter, a member on how they themselves are reached.</summary>
public sealed class MemberService(Database database, CurrentUser user)
{
    private static readonly string[] All = [SourcingDb.LiveRows];

    /// <summary>Adds or changes a member. Refuses an e-mail address that another member of the chapter has, and an account that is no one's or another member's. A like name or classification is warned about before, not refused.</summary>
    public Task<Guid> SaveAsync(MemberForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var account = await AccountAsync(db, form.Account, token);
            var facts = new MemberFacts(form.FirstName, form.LastName ?? "")
            {
                Business = form.Business ?? "", Classification = form.Classification ?? "", SponsorId = form.SponsorId, UserId = account,
            };
            Member member;
            if (form.Id is { } id)
            {
                member = await FindAsync(db, id, token);
                db.Entry(member).Property(m => m.Version).OriginalValue = form.Version;
                // A change of contact data alone is a change of the member: so the version moves and a second editor is told.
                db.Entry(member).Property(m => m.FirstName).IsModified = true;
                member.Change(account is null && !form.DropAccount ? facts with { UserId = member.UserId } : facts);
            }
            else
            {
                await Seats.DemandLeadAsync(db, user, form.ChapterId, token);
                member = new(form.ChapterId, facts);
                member.Join(form.JoinedOn!.Value);
                db.Add(member);
            }

            var contact = await db.MemberContacts.SingleOrDefaultAsync(c => c.Id == member.Id, token);
            if (contact is null)
            {
                contact = new(member.Id, member.ChapterId);
                db.Add(contact);
            }

            contact.Set(form.Email ?? "", form.Phone ?? "", form.RenewalOn);
            await db.SaveChangesAsync(token);
            return member.Id;
        }, ct);
    }

    /// <summary>Changes how the asker is reached. Refuses any other member.</summary>
    public Task<Guid> SaveOwnContactAsync(OwnContactForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var own = await db.Members.SingleOrDefaultAsync(m => m.Id == form.MemberId && m.UserId == user.Id, token) ?? throw new MissingException("member");
            var contact = await db.MemberContacts.SingleOrDefaultAsync(c => c.Id == own.Id, token)
                ?? throw new RefusedException("Nobody wrote down how you are reached yet. A leader of the chapter begins that.");
            contact.Set(form.Email ?? "", form.Phone ?? "", contact.RenewalOn);
            await db.SaveChangesAsync(token);
            return own.Id;
        }, ct);
    }

    /// <summary>Ends a membership; the day is the first on which the member no longer belongs.</summary>
    public Task<Guid> LeaveAsync(TermForm form, CancellationToken ct) => TermAsync(form, (db, member, day) => member.Leave(day), ct);

    /// <summary>Begins another membership of somebody who left.</summary>
    public Task<Guid> ReturnAsync(TermForm form, CancellationToken ct) => TermAsync(form, (db, member, day) => db.Add(member.Join(day)), ct);

    /// <summary>Deletes a member who was entered by mistake, with their contact data. Slips and attendance keep pointing there.</summary>
    public Task DeleteAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var member = await db.Members.SingleOrDefaultAsync(m => m.Id == id, token) ?? throw new MissingException("member");
            await Seats.DemandLeadAsync(db, user, member.ChapterId, token);
            db.RemoveRange(await db.MemberContacts.Where(c => c.Id == id).ToListAsync(token));
            db.Remove(member);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Brings a deleted member back, with their contact data. Refuses where another member has the e-mail address by now.</summary>
    public Task RestoreAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var member = await db.Members.IgnoreQueryFilters(All).SingleOrDefaultAsync(m => m.Id == id && m.DeletedAt != null, token) ?? throw new MissingException("deleted member");
            await Seats.DemandLeadAsync(db, user, member.ChapterId, token);
            (await db.MemberContacts.IgnoreQueryFilters(All).Where(c => c.Id == id && c.DeletedAt == member.DeletedAt).ToListAsync(token)).ForEach(c => c.Restore());
            member.Restore();
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Learns another spelling. Refuses one that a member of the chapter has already.</summary>
    public Task<Guid> AddAliasAsync(AliasForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var member = await FindAsync(db, form.MemberId, token);
            var alias = new MemberAlias(member.ChapterId, member.Id, form.Alias);
            if (alias.AliasKey == member.NameKey)
            {
                throw new RefusedException(nameof(form.Alias), "This is the member's name already: capitals, spaces and titles make no difference.");
            }

            db.Add(alias);
            await db.SaveChangesAsync(token);
            return alias.Id;
        }, ct);
    }

    /// <summary>Forgets a spelling that was learnt wrong.</summary>
    public Task RemoveAliasAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var alias = await db.MemberAliases.SingleOrDefaultAsync(a => a.Id == id, token) ?? throw new MissingException("spelling");
            await Seats.DemandLeadAsync(db, user, alias.ChapterId, token);
            db.Remove(alias);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private Task<Guid> TermAsync(TermForm form, Action<SourcingDb, Member, DateOnly> act, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var member = await FindAsync(db, form.MemberId, token);
            act(db, member, form.On!.Value);
            await db.SaveChangesAsync(token);
            return member.Id;
        }, ct);
    }

    private async Task<Member> FindAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        var member = await db.Members.Include(m => m.Terms).SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw new MissingException("member");
        await Seats.DemandLeadAsync(db, user, member.ChapterId, ct);
        return member;
    }

    private static async Task<Guid?> AccountAsync(SourcingDb db, string? email, CancellationToken ct)
    {
        if ((email ?? "").Trim().Length == 0)
        {
            return null;
        }

        return (await ChapterAccounts.FindAsync(db, email!, ct) ?? throw new RefusedException(
            nameof(MemberForm.Account), "No account with a role of the network signs in with this address. An admin makes accounts under Users, with the role Chapter leader or Chapter member.")).Id;
    }
}
