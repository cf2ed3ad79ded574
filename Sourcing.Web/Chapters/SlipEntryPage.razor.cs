using Microsoft.AspNetCore.Components;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters;

/// <summary>Enters slips one after the other, each in two taps: the kind, the person; an amount or credits where the kind needs one.</summary>
public sealed partial class SlipEntryPage
{
    private static readonly SlipKind[] Kinds = [SlipKind.Referral, SlipKind.OneToOne, SlipKind.ClosedBusiness, SlipKind.Education, SlipKind.Testimonial];

    private SlipChoices? _choices;
    private SlipForm _form = new();
    private SlipKind? _kind;
    private string _find = "";
    private string? _person;
    private string? _entered;
    private string? _refusal;
    private (SlipKind Kind, Guid Id)? _undo;
    private bool _saving;
    private bool _missing;

    /// <summary>Key of the chapter.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SlipQueries Queries { get; set; } = null!;

    [Inject]
    private SlipService Slips { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private MeetingChoice? Meeting => _choices!.Meetings.FirstOrDefault(m => m.Id == _form.MeetingId) ?? _choices.Nearest;

    private IEnumerable<PersonChoice> Found => _choices!.People.Where(p => p.Id != (_form.FromId ?? _choices.Rights.OwnMemberId) && Fits(p.Name));

    // Those outside are looked for by name: the list is of members.
    private IEnumerable<ExternalChoice> FoundOutside => _find.Trim().Length == 0 ? [] : _choices!.Externals.Where(x => Fits(x.Name)).Take(10);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _choices = await Queries.ChoicesAsync(Id, default);
            _form = Anew(null);
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    private string Summary(SlipKind kind) =>
        $"Meeting of {Format.ShortDate(Meeting?.HeldOn)}" + (kind is SlipKind.Referral or SlipKind.ClosedBusiness ? $", tier {_form.Tier}" : "") + ", " + (kind == SlipKind.OneToOne ? "place and topics" : "note");

    private SlipForm Anew(Guid? from) => new() { ChapterId = Id, MeetingId = _choices!.Nearest?.Id, FromId = from };

    private bool Fits(string name) => name.Contains(_find.Trim(), StringComparison.CurrentCultureIgnoreCase);

    private void Choose(SlipKind kind) => (_kind, _form.Kind, _entered, _refusal, _undo) = (kind, kind, null, null, null);

    private void ForgetPerson() => (_person, _form.ToId, _form.ToExternalId) = (null, null, null);

    private Task PickAsync(Guid? member, Guid? outside, string? name)
    {
        (_form.ToId, _form.ToExternalId) = (member, outside);
        if (_kind == SlipKind.ClosedBusiness)
        {
            _person = name;
            return Task.CompletedTask;
        }

        (_form.ExternalName, _form.ExternalChapter, _form.FromOutside) = ("", "", false);
        return SaveAsync(name ?? "");
    }

    private Task OutsideAsync()
    {
        if (_form.ExternalName.Trim().Length == 0)
        {
            throw new RefusedException("Type the name of the person outside.");
        }

        (_form.ToId, _form.ToExternalId) = (null, null);
        if (_kind == SlipKind.ClosedBusiness)
        {
            _person = _form.ExternalName;
            return Task.CompletedTask;
        }

        return SaveAsync(_form.ExternalName);
    }

    private Task SaveAsync() => SaveAsync(_person ?? "");

    private async Task SaveAsync(string person)
    {
        if (_saving)
        {
            return;
        }

        (_saving, _refusal) = (true, null);
        try
        {
            var (kind, from) = (_kind!.Value, _form.FromId);
            var id = await Slips.EnterAsync(_form, default);
            _entered = kind == SlipKind.Education || person.Length == 0 ? $"{ChapterWords.Of(kind)} entered." : $"{ChapterWords.Of(kind)} {(kind switch { SlipKind.Referral => "to", SlipKind.OneToOne => "with", SlipKind.Testimonial => "about", _ => "thanks to" })} {person} entered.";
            // What tells of a payer is not taken back by whoever paid: that would be written down.
            _undo = kind == SlipKind.ClosedBusiness ? null : (kind, id);
            (_form, _kind, _person, _find) = (Anew(_choices!.Rights.Leads ? from : null), null, null, "");
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }
        finally
        {
            _saving = false;
        }
    }

    private async Task UndoAsync()
    {
        if (_undo is not { } last)
        {
            return;
        }

        try
        {
            await Slips.RemoveAsync(new() { Kind = last.Kind, Id = last.Id, Reason = "Taken back at once." }, default);
            (_entered, _undo) = ("Taken back.", null);
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }
    }
}
