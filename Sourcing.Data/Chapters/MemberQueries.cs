using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Chapters;

/// <summary>Reads members, as far as the asker's seat opens them.</summary>
public sealed class MemberQueries(Database database, CurrentUser user)
{
    /// <summary>Members of a chapter that are read at once, at most.</summary>
    public const int Most = 1000;

    /// <summary>The members by name: those active today, or those who left.</summary>
    public Task<IReadOnlyList<MemberRow>> ListAsync(Guid chapterId, bool left, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<MemberRow>>(
            async (db, token) =>
            {
                var today = (await Seats.RightsAsync(db, user, chapterId, token)).Today;
                var closed = await db.MemberScores.Where(s => s.ChapterId == chapterId).MaxAsync(s => (DateOnly?)s.WindowEnd, token);
                var rows = await db.Members.Where(m => m.ChapterId == chapterId).OrderBy(m => m.LastName).ThenBy(m => m.FirstName).ThenBy(m => m.Id).Take(Most)
                    .Select(m => new
                    {
                        m.Id, m.FirstName, m.LastName, m.Business, m.Classification, IsOwn = m.UserId == user.Id,
                        Last = m.Terms.OrderByDescending(t => t.JoinedOn).Select(t => new { t.JoinedOn, t.LeftOn }).FirstOrDefault(),
                        IsActive = m.Terms.Any(t => t.JoinedOn <= today && (t.LeftOn == null || t.LeftOn > today)),
                        Light = db.MemberScores.Where(s => s.MemberId == m.Id && s.WindowEnd == closed).OrderByDescending(s => s.Id).Select(s => new KeptLight(s.WindowEnd, s.Band, s.Points)).FirstOrDefault(),
                    }).ToListAsync(token);
                return [.. rows.Where(r => r.IsActive != left).Select(r => new MemberRow(
                    r.Id, $"{r.FirstName} {r.LastName}".Trim(), r.Business, r.Classification, r.Last?.JoinedOn, r.IsActive ? null : r.Last?.LeftOn, r.IsActive, r.Light, r.IsOwn))];
            }, ct);
    }

    /// <summary>Members of the asker's chapters whose name, business or classification holds all the words; those active today first.</summary>
    /// <param name="most">1 to 20.</param>
    public Task<IReadOnlyList<MemberHit>> FindAsync(string text, int most, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<MemberHit>>(
            async (db, token) =>
            {
                var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                var members = db.Members.AsNoTracking();
                foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(5))
                {
                    var like = LikePattern.Containing(word);
                    members = members.Where(m => EF.Functions.ILike(m.FirstName + " " + m.LastName + " " + m.Business + " " + m.Classification, like));
                }

                return await members
                    .Select(m => new { Member = m, IsActive = m.Terms.Any(t => t.JoinedOn <= today && (t.LeftOn == null || t.LeftOn > today)) })
                    .OrderByDescending(x => x.IsActive).ThenBy(x => x.Member.LastName).ThenBy(x => x.Member.FirstName).ThenBy(x => x.Member.Id).Take(most)
                    .Select(x => new MemberHit(
                        x.Member.Id, (x.Member.FirstName + " " + x.Member.LastName).Trim(), db.Chapters.Where(c => c.Id == x.Member.ChapterId).Select(c => c.Name).FirstOrDefault() ?? "", x.IsActive))
                    .ToListAsync(token);
            }, ct);
    }

    /// <summary>A member's page, a deleted one for whoever leads; null where it is not the asker's to see.</summary>
    public Task<MemberDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<MemberDetails?>(
            async (db, token) =>
            {
                var m = await db.Members.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).AsNoTracking().Include(x => x.Terms).SingleOrDefaultAsync(x => x.Id == id, token);
                if (m is null || await Seats.FindAsync(db, user, m.ChapterId, token) is not { } rights || (m.DeletedAt is not null && !rights.Leads))
                {
                    return null;
                }

                var contact = await db.MemberContacts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(c => c.Id == id).Select(c => new MemberReach(c.Email, c.Phone, c.RenewalOn)).SingleOrDefaultAsync(token);
                var sponsor = await db.MemberNames.Where(n => n.Id == m.SponsorId).Select(n => n.FullName).SingleOrDefaultAsync(token) ?? "";
                var aliases = await db.MemberAliases.Where(a => a.MemberId == id).OrderBy(a => a.Alias).Select(a => new AliasRow(a.Id, a.Alias)).ToListAsync(token);
                var slips = await SlipList.Project(db, db.ChapterSlips.Where(s => s.FromId == id || s.ToId == id)).OrderByDescending(s => s.HeldOn).ThenByDescending(s => s.CreatedAt).ThenBy(s => s.Id).Take(30).ToListAsync(token);
                var codes = await db.Attendances.Where(a => a.MemberId == id).GroupBy(a => a.Code).Select(g => new AttendanceTotal(g.Key, g.Count())).ToListAsync(token);
                return new(id, rights, m.FullName, m.Business, m.Classification, sponsor, m.IsActiveOn(rights.Today), m.UserId == user.Id, m.UserId is not null, m.DeletedAt, contact,
                    [.. m.Terms.OrderByDescending(t => t.JoinedOn).Select(t => new TermRow(t.Id, t.JoinedOn, t.LeftOn))], aliases, slips, codes);
            }, ct);
    }

    /// <summary>The member as they are changed. Refuses whoever does not lead the chapter.</summary>
    public Task<MemberForm> FormAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var form = await db.Members.Where(m => m.Id == id).Select(m => new MemberForm
                {
                    Id = m.Id, ChapterId = m.ChapterId, Version = m.Version, FirstName = m.FirstName, LastName = m.LastName, Business = m.Business, Classification = m.Classification, SponsorId = m.SponsorId,
                    HasAccount = m.UserId != null,
                }).SingleOrDefaultAsync(token) ?? throw new MissingException("member");
                await Seats.DemandLeadAsync(db, user, form.ChapterId, token);
                if (await db.MemberContacts.SingleOrDefaultAsync(c => c.Id == id, token) is { } contact)
                {
                    (form.Email, form.Phone, form.RenewalOn) = (contact.Email, contact.Phone, contact.RenewalOn);
                }

                return form;
            }, ct);
    }

    /// <summary>How the asker is reached, as they change it themselves. Refuses any other member.</summary>
    public Task<OwnContactForm> OwnContactAsync(Guid memberId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var own = await db.Members.AnyAsync(m => m.Id == memberId && m.UserId == user.Id, token);
                var contact = own ? await db.MemberContacts.SingleOrDefaultAsync(c => c.Id == memberId, token) : null;
                return contact is null ? throw new MissingException("member") : new OwnContactForm { MemberId = memberId, Email = contact.Email, Phone = contact.Phone };
            }, ct);
    }

    /// <summary>What is worth a look before a member is saved: the same name, spelling or classification in the chapter. Nothing of it refuses.</summary>
    public Task<IReadOnlyList<string>> WarningsAsync(MemberForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync<IReadOnlyList<string>>(
            async (db, token) =>
            {
                var today = (await Seats.DemandLeadAsync(db, user, form.ChapterId, token)).Today;
                var (key, line) = (Files.NameKey.Of($"{form.FirstName} {form.LastName}"), Files.NameKey.Tidy(form.Classification ?? ""));
                var others = db.Members.Where(m => m.ChapterId == form.ChapterId && m.Id != form.Id);
                var warnings = new List<string>();
                if (key.Length > 0)
                {
                    var twins = await others.Where(m => m.NameKey == key || db.MemberAliases.Any(a => a.MemberId == m.Id && a.AliasKey == key))
                        .Select(m => new { m.FirstName, m.LastName, Active = m.Terms.Any(t => t.JoinedOn <= today && (t.LeftOn == null || t.LeftOn > today)) }).Take(3).ToListAsync(token);
                    warnings.AddRange(twins.Select(t => t.Active ? $"{t.FirstName} {t.LastName} is a member already." : $"{t.FirstName} {t.LastName} was a member before: let them return instead, and their slips stay together."));
                }

                if (line.Length > 0)
                {
                    var exactly = LikePattern.Exactly(line);
                    var holders = await others.Where(m => EF.Functions.ILike(m.Classification, exactly)
                        && m.Terms.Any(t => t.JoinedOn <= today && (t.LeftOn == null || t.LeftOn > today))).Select(m => m.FirstName + " " + m.LastName).Take(3).ToListAsync(token);
                    warnings.AddRange(holders.Select(h => $"{h} holds the classification {line}. A chapter has one member of each as a rule."));
                }

                return warnings;
            }, ct);
    }

    /// <summary>Members as choices, by name: sponsors, inviters. Those who left too.</summary>
    public Task<IReadOnlyList<PersonChoice>> ChoicesAsync(Guid chapterId, bool activeAlone, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<PersonChoice>>(
            async (db, token) => await db.MemberNames.Where(n => n.ChapterId == chapterId && !n.IsDeleted && (!activeAlone || n.IsActive)).OrderBy(n => n.FullName).ThenBy(n => n.Id)
                .Select(n => new PersonChoice(n.Id, n.FullName)).Take(Most).ToListAsync(token), ct);
    }

    /// <summary>Deleted members, the last deleted first; at most 200. For whoever leads.</summary>
    public Task<IReadOnlyList<Catalog.DeletedRow>> DeletedAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync<IReadOnlyList<Catalog.DeletedRow>>(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, chapterId, token);
                return await db.Members.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(m => m.ChapterId == chapterId && m.DeletedAt != null).OrderByDescending(m => m.DeletedAt).ThenBy(m => m.Id).Take(200)
                    .Select(m => new Catalog.DeletedRow(m.Id, m.FirstName + " " + m.LastName, m.Business, m.DeletedAt!.Value, db.People.Where(x => x.Id == m.DeletedBy).Select(x => x.FullName).FirstOrDefault())).ToListAsync(token);
            }, ct);
    }
}
