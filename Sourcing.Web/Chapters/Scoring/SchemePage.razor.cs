using Microsoft.AspNetCore.Components;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Scoring;

/// <summary>One version of a scheme as a table to read, and what can be done with it.</summary>
public sealed partial class SchemePage
{
    private SchemeDetails? _details;
    private bool _missing;
    private Guid _read;

    // A second click gives the same draft.
    private Guid _nextKey = Guid.CreateVersion7();

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ScoreSchemeQueries Queries { get; set; } = null!;

    [Inject]
    private ScoreSchemeService Schemes { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private SchemeRow Row => _details!.Row;

    private bool Writes => User.May(Permission.ChaptersWrite) && (Owners || Row.Writes);

    /// <summary>Somebody for whom a copy could be made.</summary>
    private bool Owners => _details!.WritesNetwork || _details.Leads.Count > 0;

    private bool MayUse => _details!.MayUse.Count > 0 || (_details.WritesNetwork && Row.ChapterId is null);

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            (_read, _details, _missing, _nextKey) = (Id, null, false, Guid.CreateVersion7());
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var id = Id;
        var found = await Queries.DetailsAsync(id, default);
        if (Id == id)
        {
            (_details, _missing) = (found, found is null);
        }
    }

    private async Task CopyAsync()
    {
        // The network's are copied for the chapter that one leads; whose it is can be chosen where there are several.
        var form = new SchemeCopyForm { FromId = Id, ChapterId = Row.ChapterId is { } own && _details!.Leads.Any(l => l.Id == own) ? own : _details!.Leads.Select(l => (Guid?)l.Id).FirstOrDefault() };
        form.Name = form.ChapterId is { } chapter && Row.ChapterId is null ? $"{_details.Leads.First(l => l.Id == chapter).Name}, {Row.Scheme.Name}" : $"{Row.Scheme.Name}, copy";
        if (await Dialogs.OpenAsync<SchemeCopyDialog>($"Copy {Row.Title}", new() { ["Form"] = form, ["Chapters"] = _details.Leads, ["Network"] = _details.WritesNetwork }, 480) is Guid made)
        {
            Navigation.NavigateTo(Links.EditScoreScheme(made));
        }
    }

    private async Task NextAsync() => Navigation.NavigateTo(Links.EditScoreScheme(await Schemes.NextVersionAsync(_nextKey, Id, default)));

    private async Task DiscardAsync()
    {
        if (await Dialogs.ConfirmAsync($"Discard {Row.Title}", "The draft goes for good. Nobody was scored by it.", "Discard draft", danger: true))
        {
            var (owner, title) = (Row.ChapterId, Row.Title);
            await Schemes.DiscardAsync(Id, default);
            Toasts.Done($"{title} discarded");
            Navigation.NavigateTo(owner is { } chapter ? Links.ChapterSchemes(chapter) : Links.ScoreSchemes);
        }
    }

    private async Task PublishAsync()
    {
        if (await Dialogs.ConfirmAsync($"Let chapters choose {Row.Title}", "It becomes active and is never changed again. Nobody is scored by it until they choose it.", "Let chapters choose it"))
        {
            await Schemes.PublishAsync(Id, default);
            await ReadAsync();
            Toasts.Done($"Chapters can choose {Row.Title}");
        }
    }

    private async Task RetireAsync()
    {
        if (await Dialogs.ConfirmAsync($"Retire {Row.Title}", "It can be chosen no more. Where it is in force it stays, until another is chosen there.", "Retire scheme", danger: true))
        {
            await Schemes.RetireAsync(Id, default);
            await ReadAsync();
            Toasts.Done($"{Row.Title} retired");
        }
    }

    private async Task UseAsync()
    {
        if (await SchemeUseDialog.AskAsync(Dialogs, _details!))
        {
            await ReadAsync();
            Toasts.Done($"{Row.Title} chosen");
        }
    }
}
