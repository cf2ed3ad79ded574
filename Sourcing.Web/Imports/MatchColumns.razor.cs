using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Web.Imports;

/// <summary>Which column is which field, and which words in its cells mean something else.</summary>
public sealed partial class MatchColumns
{
    private readonly SaveMappingForm _save = new();
    private MappingDraft _draft = new(new());
    private IReadOnlyList<MappingChoice> _choices = [];
    private IReadOnlyList<FieldError> _errors = [];
    private MappingDefinition? _shown;

    [Parameter, EditorRequired]
    public ImportDetails Run { get; set; } = null!;

    /// <summary>The import has moved on: load it again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private List<string> Unused => [.. Run.Profile.Columns.Select(c => c.Name).Where((name, i) => !_draft.Columns.ContainsValue(name) && !Run.Profile.Groups.Any(g => g.Columns.Contains(i) && _draft.Columns.ContainsValue(g.Name)))];

    private int HeadRow => Math.Max(1, Run.Profile.Shape.HeadRow);

    private int HeadRows => Run.Profile.Shape.HeadRows;

    // The mapping that stands here unchanged, whoever chose it: the person, or the importer by the file's columns.
    private string Used => _choices.FirstOrDefault(c => c.Fits && Text(c.Definition) == Text(_draft.Definition))?.Name ?? "";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // What is typed here outlives a reload that brings the same mapping.
        if (_shown is null || Run.Profile.Columns.Any(c => _draft.Columns.Count == 0) || _save.RunId != Run.Id)
        {
            (_shown, _draft, _save.RunId) = (Run.Mapping, new(Run.Mapping), Run.Id);
            _choices = await Queries.MappingsAsync(Run.Kind.Key, Run.Profile, CancellationToken.None);
        }
    }

    private static string Text(MappingDefinition mapping) => JsonSerializer.Serialize(mapping with
    {
        Columns = mapping.Columns.OrderBy(c => c.Key).ToDictionary(), Constants = mapping.Constants.Where(c => c.Value.Length > 0).OrderBy(c => c.Key).ToDictionary(),
    });

    private void Use(string name)
    {
        if (_choices.FirstOrDefault(c => c.Name == name) is { } choice)
        {
            (_draft, _errors) = (new(choice.Definition), []);
        }
    }

    private string Span(PeriodGroup group) => $"{Run.Profile.Columns[group.Columns[0]].Name} to {Run.Profile.Columns[group.Columns[^1]].Name} ({group.Columns.Count} columns)";

    private IReadOnlyList<string> Samples(string column) => Run.Profile.Groups.FirstOrDefault(g => g.Name == column) is { } group
        ? [.. group.Columns.SelectMany(c => Run.Profile.Columns[c].Samples).Take(4)]
        : Run.Profile.Columns.FirstOrDefault(c => c.Name == column)?.Samples ?? [];

    private Task SheetAsync(string sheet) => ReadAnewAsync(() => Service.ChooseSheetAsync(Run.Id, sheet, CancellationToken.None));

    private Task HeadAsync(string? row, int rows) => HeadAsync(Figure(row), rows);

    private Task HeadAsync(int row, string? rows) => HeadAsync(row, Figure(rows));

    private Task HeadAsync(int row, int rows) => ReadAnewAsync(() => Service.ChooseHeadAsync(Run.Id, row, rows, CancellationToken.None));

    // What is no number is refused by the service, in its own words.
    private static int Figure(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var figure) ? figure : 0;

    private async Task ReadAnewAsync(Func<Task> choose)
    {
        try
        {
            await choose();
            _shown = null;
            await Changed.InvokeAsync();
        }
        catch (RefusedException refusal)
        {
            Toasts.Refused(refusal.Message);
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            await MatchAsync();
            await Service.CheckAsync(Run.Id, CancellationToken.None);
        }
        catch (RefusedException refusal) when (refusal.Errors.Count > 0)
        {
            _errors = refusal.Errors;
            return;
        }

        Navigation.NavigateTo(Links.Import(Run.Id));
        await Changed.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        await MatchAsync();
        await Service.SaveMappingAsync(_save, CancellationToken.None);
        Toasts.Done($"Mapping “{_save.Name.Trim()}” saved");
        (_save.FormKey, _save.Name) = (Guid.CreateVersion7(), "");
        _choices = await Queries.MappingsAsync(Run.Kind.Key, Run.Profile, CancellationToken.None);
        await Changed.InvokeAsync();
    }

    private async Task RemoveAsync(MappingChoice choice)
    {
        await Service.RemoveMappingAsync(choice.Id!.Value, CancellationToken.None);
        _choices = await Queries.MappingsAsync(Run.Kind.Key, Run.Profile, CancellationToken.None);
    }

    private async Task MatchAsync()
    {
        _errors = [];
        // The version is read anew: this page is the one that wrote last, or the refusal says otherwise.
        var version = (await Queries.DetailsAsync(Run.Id, CancellationToken.None)).Version;
        await Service.MatchAsync(Run.Id, version, _draft.Definition, CancellationToken.None);
    }
}
