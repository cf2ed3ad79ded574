using Microsoft.AspNetCore.Components;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Importing;

/// <summary>One upload: its questions, what it changes, and afterwards what it did.</summary>
public sealed partial class ChapterImportPage
{
    private static readonly string[] Steps = ["Upload", "Questions", "Preview", "Imported"];

    private BatchDetails? _details;
    private bool _missing;
    private bool _leaveOut;
    private DateOnly? _joined;

    [Parameter]
    public Guid Id { get; set; }

    [Parameter]
    public Guid BatchId { get; set; }

    [Inject]
    private ChapterImportQueries Queries { get; set; } = null!;

    [Inject]
    private ChapterImportService Service { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private bool Leads => _details!.Rights.Leads && User.May(Permission.ChaptersWrite);

    private int StepNumber => _details!.Batch.Status != BatchStatus.Staged ? 4 : _details.IsReady ? 3 : 2;

    private string Verb => _details!.Preview is { } preview ? $"Import {ImportTexts.Things(_details.Batch.Kind, preview.Taken)}" : "Import";

    private string Waits => _details!.Blocks.Count > 0 ? "It cannot be imported as it is: see above."
        : _details.Open > 0 ? $"{ImportTexts.Count(_details.Open, "question is", "questions are")} open. What you answered is kept; you can come back to it."
        : "Nothing counts before you press Import.";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_details?.Batch.Id == BatchId)
        {
            return;
        }

        _details = null;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var details = await Queries.DetailsAsync(BatchId, default);
        if (details is { IsStale: true } && details.Rights.Leads && User.May(Permission.ChaptersWrite))
        {
            // Members or other imports changed since: what is asked is brought up to date first.
            await Service.CheckAgainAsync(BatchId, default);
            details = await Queries.DetailsAsync(BatchId, default);
        }

        Show(details);
    }

    // What others did is shown. What is asked is brought up to date by whoever opens the page or acts on it, so that two who look on do not both write.
    private async Task ReadAsync() => Show(await Queries.DetailsAsync(BatchId, default));

    private void Show(BatchDetails? details)
    {
        _missing = details is null || details.Rights.ChapterId != Id;
        _joined ??= details is null ? null : new DateOnly(details.Rights.Today.Year, details.Rights.Today.Month, 1);
        _details = _missing ? null : details;
    }

    private async Task CheckAsync()
    {
        await Service.CheckAgainAsync(BatchId, default);
        await LoadAsync();
    }

    private async Task ChooseAsync((DateOnly First, DateOnly Last) days)
    {
        await Service.ChoosePeriodAsync(BatchId, days.First, days.Last, default);
        await LoadAsync();
    }

    private async Task PutAsync(Guid meeting)
    {
        await Service.ChooseMeetingAsync(BatchId, meeting, default);
        await LoadAsync();
    }

    private async Task ApplyAsync()
    {
        try
        {
            await Service.ApplyAsync(new()
            {
                BatchId = BatchId, Version = _details!.Version, Replaces = _details.Replaces?.Id, LeaveErrorsOut = _leaveOut, JoinedOn = _details.Batch.Kind == ReportKind.RegionSummary ? _joined : null,
            }, default);
            Toasts.Done($"{ImportTexts.Of(_details.Batch.Kind)} imported");
        }
        finally
        {
            await LoadAsync();
        }
    }

    private async Task UndoAsync()
    {
        var text = $"What it brought goes: {ImportTexts.Things(_details!.Batch.Kind, _details.Batch.Taken)}.{(_details.Replaces is { } before ? $" {before.FileName}, whose place it took, counts again." : "")} What was entered by hand stays.";
        if (await Dialogs.ConfirmAsync("Take the import back", text, "Take import back", danger: true))
        {
            var stay = await Service.UndoAsync(BatchId, default);
            Toasts.Done(stay > 0 ? $"Import taken back; {ImportTexts.Count(stay, "member who was made stays, because something", "members who were made stay, because something")} else points there" : "Import taken back");
            await LoadAsync();
        }
    }

    private async Task DiscardAsync()
    {
        if (await Dialogs.ConfirmAsync("Throw the upload away", "Nothing of it counts yet. The file and your answers are removed.", "Throw away", danger: true))
        {
            await Service.DiscardAsync(BatchId, default);
            Navigation.NavigateTo(Links.ChapterImports(Id));
        }
    }
}
