using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>A slip as it is changed.</summary>
/// <param name="Form">As it stands.</param>
/// <param name="From">Whose it is, in words; empty for closed business.</param>
/// <param name="To">The other side; empty for education, and for a testimonial about nobody in particular.</param>
/// <param name="MayChange">The asker leads, or entered it within a day.</param>
/// <param name="IsOwn">It is the asker's own: who gave, began, learnt or spoke stays.</param>
/// <param name="Events">What became of it, the last first; for leaders and the committee.</param>
public sealed record SlipDetails(SlipForm Form, SlipChoices Choices, DateOnly HeldOn, string From, string To, string Currency, bool MayChange, bool IsOwn, IReadOnlyList<SlipEvent> Events);

/// <summary>Reads a slip to be changed, with what became of it.</summary>
public sealed class SlipChangeQueries(Database database, CurrentUser user, SlipQueries choices)
{
    /// <summary>The slip as it stands; null where it is not the asker's to read, or was removed.</summary>
    public async Task<SlipDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        var found = await database.ReadAsync(
            async (db, token) =>
            {
                var row = await db.ChapterSlips.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, token);
                if (row is null || await SlipService.FindAsync(db, row.Kind, id, false, token) is not { } slip || await Seats.FindAsync(db, user, row.ChapterId, token) is not { } rights)
                {
                    return null;
                }

                var own = await SlipService.IsOwnOfTodayAsync(db, slip, rights, token);
                var events = rights.Looks ? await SlipHistory.ReadAsync(db, id, token) : [];
                return new { Row = row, Form = FormOf(slip), Rights = rights, Own = own, Events = events };
            }, ct);
        if (found is null)
        {
            return null;
        }

        var leads = found.Rights.Leads && user.May(Permission.ChaptersWrite);
        return new(
            found.Form, await choices.ChoicesAsync(found.Row.ChapterId, ct), found.Row.HeldOn, found.Row.FromName, found.Row.ToName, found.Row.Currency, leads || found.Own, !leads && found.Own, found.Events);
    }

    private static SlipForm FormOf(Slip slip)
    {
        var form = new SlipForm { Id = slip.Id, ChapterId = slip.ChapterId, Version = slip.Version, MeetingId = slip.MeetingId, Note = slip.Note };
        switch (slip)
        {
            case Referral r:
                (form.Kind, form.Tier) = (SlipKind.Referral, r.Tier);
                Sides(form, r.GiverId, r.GiverExternalId, r.ReceiverId, r.ReceiverExternalId);
                break;
            case OneToOne o:
                (form.Kind, form.Place) = (SlipKind.OneToOne, o.Place);
                Sides(form, o.InitiatorId, o.InitiatorExternalId, o.PartnerId, o.PartnerExternalId);
                break;
            case ClosedBusiness b:
                (form.Kind, form.Tier, form.Amount, form.ToId, form.ToExternalId) = (SlipKind.ClosedBusiness, b.Tier, b.Amount, b.ThankedId, b.ThankedExternalId);
                break;
            case EducationUnit e:
                (form.Kind, form.Credits, form.IsTraining, form.FromId) = (SlipKind.Education, e.Credits, e.IsTraining, e.MemberId);
                break;
            case Testimonial t:
                (form.Kind, form.FromId, form.ToId, form.ToExternalId) = (SlipKind.Testimonial, t.SpeakerId, t.AboutId, t.AboutExternalId);
                break;
        }

        return form;
    }

    // From somebody outside: the member at the other side is whose slip it is.
    private static void Sides(SlipForm form, Guid? first, Guid? firstOutside, Guid? second, Guid? secondOutside) =>
        (form.FromOutside, form.FromId, form.ToId, form.ToExternalId) = firstOutside is null ? (false, first, second, secondOutside) : (true, second, null, firstOutside);
}

/// <summary>Changes slips: whoever leads any, others within a day what they gave, began, learnt or spoke themselves, but no closed business.</summary>
public sealed class SlipChangeService(Database database, CurrentUser user)
{
    /// <summary>
    /// Writes a slip anew under its kind. Who paid for closed business, and its currency, stay as they are. Refuses whoever may not, a change to another's name by whoever does not lead,
    /// a slip that somebody changed meanwhile, and what the kinds of slips refuse.
    /// </summary>
    public Task<Guid> ChangeAsync(SlipForm form, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var slip = form.Id is { } id ? await SlipService.FindAsync(db, form.Kind, id, false, token) : null;
            if (slip is null or Visitor)
            {
                throw new MissingException("slip");
            }

            form.ChapterId = slip.ChapterId;
            var rights = await Seats.RightsAsync(db, user, slip.ChapterId, token);
            if (rights.Leads)
            {
                user.Demand(Permission.ChaptersWrite);
            }
            else if (!await SlipService.IsOwnOfTodayAsync(db, slip, rights, token))
            {
                throw new RefusedException("Within a day you change what you entered yourself, save closed business. Ask a leader to change this slip.");
            }

            db.Entry(slip).Property(s => s.Version).OriginalValue = form.Version;
            var meeting = form.MeetingId == slip.MeetingId ? slip.MeetingId : await SlipService.MeetingAsync(db, form.MeetingId, rights, token);
            var other = await SlipService.OtherAsync(db, form, token);
            Change(slip, form, rights, meeting, other.Party, other.IsInside);
            await db.SaveChangesAsync(token);
            return slip.Id;
        }, ct);
    }

    private static void Change(Slip slip, SlipForm form, ChapterRights rights, Guid meeting, Party other, bool inside)
    {
        var note = form.Note ?? "";
        if (slip is ClosedBusiness business)
        {
            business.Change(meeting, other, form.Amount!.Value, business.Currency, form.Tier, inside, note);
            return;
        }

        var home = SlipService.From(form, rights) is { } id ? Party.Home(id) : throw new RefusedException(nameof(form.FromId), "Choose whose slip it is.");
        var (first, second) = form.FromOutside ? (other, home) : (home, other);
        switch (slip)
        {
            case Referral referral:
                referral.Change(meeting, first, second, form.Tier, note);
                break;
            case OneToOne meetingOfTwo:
                meetingOfTwo.Change(meeting, first, second, form.Place ?? "", note);
                break;
            case EducationUnit unit:
                unit.Change(meeting, home.MemberId!.Value, form.Credits!.Value, form.IsTraining, note);
                break;
            case Testimonial testimonial:
                testimonial.Change(meeting, home.MemberId!.Value, other, note);
                break;
        }
    }
}
