using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>Enters and takes out slips: members their own, leaders anybody's.</summary>
public sealed class SlipService(Database database, CurrentUser user)
{
    private static readonly string[] All = [SourcingDb.LiveRows];

    /// <summary>
    /// Enters a slip under a meeting: the one that is said, else the last up to today. Of closed business the payer is written down, for their own eyes, when they enter it
    /// themselves. Refuses a slip in another's name by whoever does not lead, a chapter without a meeting, and what the kinds of slips refuse.
    /// </summary>
    public Task<Guid> EnterAsync(SlipForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var rights = await Seats.RightsAsync(db, user, form.ChapterId, token);
            var from = From(form, rights);
            var meeting = await MeetingAsync(db, form.MeetingId, rights, token);
            var other = await OtherAsync(db, form, token);
            var slip = Make(form, rights, meeting, from, other.Party, other.IsInside);
            db.Add(slip);
            await db.SaveChangesAsync(token);
            if (slip is ClosedBusiness && from is { } payer && payer == rights.OwnMemberId)
            {
                db.Add(new ClosedBusinessPayer(slip.Id, payer));
                await db.SaveChangesAsync(token);
            }

            return slip.Id;
        }, ct);
    }

    /// <summary>Takes a slip out with a reason: one of a pair that was entered twice. Whoever leads any; others within a day what they gave, began, learnt or spoke themselves, but no closed business.</summary>
    public Task<Guid> RemoveAsync(RemoveSlipForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var slip = await FindAsync(db, form.Kind, form.Id, false, token) ?? throw new MissingException("slip");
            var rights = await Seats.RightsAsync(db, user, slip.ChapterId, token);
            await DemandRemovableAsync(db, slip, rights, token);
            slip.Remove(form.Reason);
            db.Remove(slip);
            await db.SaveChangesAsync(token);
            return slip.Id;
        }, ct);
    }

    /// <summary>Takes several slips out for one reason; those that are gone already are left alone. For whoever leads.</summary>
    /// <param name="ids">At most 500.</param>
    public async Task<IReadOnlyList<(SlipKind Kind, Guid Id)>> RemoveAllAsync(IReadOnlyCollection<Guid> ids, string reason, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        Catalog.PartService.DemandFew(ids);
        return await database.WriteAsync<IReadOnlyList<(SlipKind, Guid)>>(
            async (db, token) =>
            {
                var found = await db.ChapterSlips.Where(s => ids.Contains(s.Id)).Select(s => new { s.Kind, s.Id, s.ChapterId }).ToListAsync(token);
                foreach (var chapter in found.Select(f => f.ChapterId).Distinct())
                {
                    await Seats.DemandLeadAsync(db, user, chapter, token);
                }

                foreach (var row in found)
                {
                    var slip = (await FindAsync(db, row.Kind, row.Id, false, token))!;
                    slip.Remove(reason);
                    db.Remove(slip);
                }

                await db.SaveChangesAsync(token);
                return [.. found.Select(f => (f.Kind, f.Id))];
            }, ct);
    }

    /// <summary>Brings a slip back that was taken out. For whoever leads.</summary>
    public Task RestoreAsync(SlipKind kind, Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var slip = await FindAsync(db, kind, id, true, token) ?? throw new MissingException("removed slip");
            await Seats.DemandLeadAsync(db, user, slip.ChapterId, token);
            slip.Restore();
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Says how a referral went on: giver, receiver, or whoever leads.</summary>
    public Task MoveAsync(Guid id, ReferralStatus status, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.WriteAsync(async (db, token) =>
        {
            var referral = await db.Referrals.SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("referral");
            var rights = await Seats.RightsAsync(db, user, referral.ChapterId, token);
            if (!rights.Leads && (rights.OwnMemberId is not { } own || (own != referral.GiverId && own != referral.ReceiverId)))
            {
                throw new RefusedException("Giver and receiver say how a referral went on. Ask one of them, or a leader.");
            }

            referral.Move(status);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    internal static Guid? From(SlipForm form, ChapterRights rights)
    {
        if (rights.Leads)
        {
            return form.FromId ?? rights.OwnMemberId;
        }

        var own = rights.Enters ? rights.OwnMemberId : null;
        if (own is null)
        {
            throw new RefusedException("Your account belongs to no member of this chapter, so it enters no slips. Ask a leader to say which member you are.");
        }

        return form.FromOutside || (form.FromId is { } other && other != own)
            ? throw new RefusedException(nameof(form.FromId), "Members enter their own slips. Ask a leader to enter one for somebody else.")
            : own;
    }

    private static Slip Make(SlipForm form, ChapterRights rights, Guid meeting, Guid? from, Party other, bool inside)
    {
        var home = from is { } id ? Party.Home(id) : default;
        var note = form.Note ?? "";
        var (first, second) = form.FromOutside ? (other, home) : (home, other);
        if (form.Kind != SlipKind.ClosedBusiness && from is null)
        {
            throw new RefusedException(nameof(form.FromId), "Choose for whom the slip is entered.");
        }

        return form.Kind switch
        {
            SlipKind.Referral => new Referral(rights.ChapterId, meeting, first, second, form.Tier, note),
            SlipKind.OneToOne => new OneToOne(rights.ChapterId, meeting, first, second, form.Place ?? "", note),
            SlipKind.ClosedBusiness when other.MemberId is { } thanked && thanked == from => throw new RefusedException(nameof(form.ToId), "Nobody thanks themselves. Choose whoever passed the business."),
            SlipKind.ClosedBusiness => new ClosedBusiness(rights.ChapterId, meeting, other, form.Amount!.Value, rights.Currency, form.Tier, inside, note),
            SlipKind.Education => new EducationUnit(rights.ChapterId, meeting, from!.Value, form.Credits!.Value, note, form.IsTraining),
            SlipKind.Testimonial => new Testimonial(rights.ChapterId, meeting, from!.Value, other, note),
            _ => throw new RefusedException(nameof(form.Kind), "Visitors are entered on their own page."),
        };
    }

    internal static async Task<Guid> MeetingAsync(SourcingDb db, Guid? wanted, ChapterRights rights, CancellationToken ct)
    {
        var open = MeetingQueries.Open(db, rights.ChapterId);
        if (wanted is { } id)
        {
            return await open.AnyAsync(m => m.Id == id, ct) ? id : throw new RefusedException("MeetingId", "This meeting takes no entries: it was called off, or its month is closed. Choose another.");
        }

        return await MeetingQueries.NearestAsync(open, rights.Today, ct) is { } nearest
            ? nearest.Id
            : throw new RefusedException("MeetingId", "The chapter has no open meeting under which the slip could count. A leader plans meetings first.");
    }

    // Nobody for education and for a testimonial about nobody in particular: the form refuses everything else without the other side.
    internal static async Task<(Party Party, bool IsInside)> OtherAsync(SourcingDb db, SlipForm form, CancellationToken ct)
    {
        if (!form.SaysOther)
        {
            return default;
        }

        if (form.ToId is { } member)
        {
            return (Party.Home(member), true);
        }

        if (form.ToExternalId is { } known)
        {
            var party = await db.ExternalParties.SingleOrDefaultAsync(p => p.Id == known && p.ChapterId == form.ChapterId, ct) ?? throw new MissingException("person outside");
            return (Party.Outside(party.Id), party.ChapterName.Length == 0);
        }

        var made = new ExternalParty(form.ChapterId, form.ExternalName, form.ExternalChapter ?? "");
        var there = (await db.ExternalParties.Where(p => p.ChapterId == form.ChapterId).ToListAsync(ct)).FirstOrDefault(
            p => p.Name.Equals(made.Name, StringComparison.OrdinalIgnoreCase) && p.ChapterName.Equals(made.ChapterName, StringComparison.OrdinalIgnoreCase));
        if (there is null)
        {
            db.Add(made);
        }

        return (Party.Outside((there ?? made).Id), made.ChapterName.Length == 0);
    }

    private async Task DemandRemovableAsync(SourcingDb db, Slip slip, ChapterRights rights, CancellationToken ct)
    {
        if (rights.Leads)
        {
            user.Demand(Permission.ChaptersWrite);
            return;
        }

        if (!await IsOwnOfTodayAsync(db, slip, rights, ct))
        {
            throw new RefusedException("Within a day you take back what you entered yourself, save closed business. Ask a leader to remove this slip.");
        }
    }

    /// <summary>Given, begun, learnt or spoken by the asker, and entered less than a day ago. Closed business is nobody's in this sense: who paid is not known.</summary>
    internal static async Task<bool> IsOwnOfTodayAsync(SourcingDb db, Slip slip, ChapterRights rights, CancellationToken ct)
    {
        var enteredBy = slip switch { Referral r => r.GiverId, OneToOne o => o.InitiatorId, EducationUnit e => e.MemberId, Testimonial t => (Guid?)t.SpeakerId, _ => null };
        return enteredBy is not null && enteredBy == rights.OwnMemberId && await db.NowAsync(ct) - slip.CreatedAt < TimeSpan.FromDays(1);
    }

    internal static async Task<Slip?> FindAsync(SourcingDb db, SlipKind kind, Guid id, bool removed, CancellationToken ct) => kind switch
    {
        SlipKind.Referral => await OneAsync(db.Referrals, id, removed, ct),
        SlipKind.OneToOne => await OneAsync(db.OneToOnes, id, removed, ct),
        SlipKind.ClosedBusiness => await OneAsync(db.ClosedBusiness, id, removed, ct),
        SlipKind.Education => await OneAsync(db.EducationUnits, id, removed, ct),
        SlipKind.Testimonial => await OneAsync(db.Testimonials, id, removed, ct),
        _ => await OneAsync(db.Visitors, id, removed, ct),
    };

    private static Task<T?> OneAsync<T>(IQueryable<T> slips, Guid id, bool removed, CancellationToken ct) where T : Slip =>
        removed ? slips.IgnoreQueryFilters(All).SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt != null, ct) : slips.SingleOrDefaultAsync(s => s.Id == id, ct);
}

/// <summary>Visits: entered by hosts and leaders, and by members for whom they bring.</summary>
public sealed class VisitorService(Database database, CurrentUser user)
{
    /// <summary>Adds a visit, or changes one. Refuses a meeting that takes no entries, and a change by whoever neither hosts nor leads.</summary>
    /// <returns>How many visits of this person the chapter has had, this one included: more than <see cref="Visitor.UsualVisits"/> is worth a word.</returns>
    public async Task<int> SaveAsync(VisitorForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        FormShape.Demand(form);
        var id = await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var rights = await Seats.RightsAsync(db, user, form.ChapterId, token);
            var inviter = rights.Hosts ? form.InviterId : rights.OwnMemberId;
            if (!rights.SeesVisitors || (!rights.Hosts && inviter is null))
            {
                throw new DeniedException(Permission.ChaptersWrite);
            }

            var facts = new VisitorFacts(form.Name) { Company = form.Company ?? "", Profession = form.Profession ?? "", InviterId = inviter, Kind = form.Kind, Outcome = form.Outcome };
            if (form.Id is not { } known)
            {
                var visitor = new Visitor(form.ChapterId, await SlipService.MeetingAsync(db, form.MeetingId, rights, token), facts, "");
                db.Add(visitor);
                await db.SaveChangesAsync(token);
                return visitor.Id;
            }

            if (!rights.Hosts)
            {
                throw new DeniedException(Permission.ChaptersWrite);
            }

            var there = await db.Visitors.SingleOrDefaultAsync(v => v.Id == known && v.ChapterId == form.ChapterId, token) ?? throw new MissingException("visitor");
            db.Entry(there).Property(v => v.Version).OriginalValue = form.Version;
            there.Change(facts);
            await db.SaveChangesAsync(token);
            return known;
        }, ct);
        return await database.ReadAsync((db, token) => db.Visitors.CountAsync(v => v.ChapterId == form.ChapterId && v.NameKey == db.Visitors.Where(x => x.Id == id).Select(x => x.NameKey).First(), token), ct);
    }

    /// <summary>Takes a visit out with a reason. For hosts and leaders.</summary>
    public Task RemoveAsync(Guid id, string reason, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.WriteAsync(async (db, token) =>
        {
            var visitor = await db.Visitors.SingleOrDefaultAsync(v => v.Id == id, token) ?? throw new MissingException("visitor");
            if (!(await Seats.RightsAsync(db, user, visitor.ChapterId, token)).Hosts)
            {
                throw new DeniedException(Permission.ChaptersWrite);
            }

            visitor.Remove(reason);
            db.Remove(visitor);
            await db.SaveChangesAsync(token);
        }, ct);
    }
}
