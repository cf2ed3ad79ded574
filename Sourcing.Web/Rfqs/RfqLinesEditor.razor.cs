using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>The lines of a draft. There is always a blank row to go on in; blank rows are not saved.</summary>
public sealed partial class RfqLinesEditor
{
    private static readonly string[] Fields =
        [nameof(RfqLineForm.PartId), nameof(RfqLineForm.Description), nameof(RfqLineForm.Quantity), nameof(RfqLineForm.UnitId), nameof(RfqLineForm.TargetPrice), nameof(RfqLineForm.Note)];

    private IReadOnlyList<ReadLine>? _read;
    private string? _refusal;
    private RfqLineForm? _files;

    [Parameter, EditorRequired]
    public RfqForm Form { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<UnitFacts> Units { get; set; } = [];

    [CascadingParameter]
    private EditContext Context { get; set; } = null!;

    [Inject]
    private RfqLineQueries Queries { get; set; } = null!;

    [Inject]
    private RfqQueries Rfqs { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private int Filled => Form.Lines.Count(l => !l.IsBlank);

    private decimal? Target => Form.Lines.Where(l => !l.IsBlank).ToList() is { Count: > 0 } lines && lines.TrueForAll(l => l is { Quantity: not null, TargetPrice: not null })
        ? lines.Sum(l => l.Quantity!.Value * l.TargetPrice!.Value)
        : null;

    /// <summary>The form with a blank row at its end.</summary>
    internal static RfqForm WithRoom(RfqForm form)
    {
        if (form.Lines.Count < RfqForm.MostLines && (form.Lines.Count == 0 || !form.Lines[^1].IsBlank))
        {
            form.Lines.Add(new());
        }

        return form;
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Context.OnValidationStateChanged += (_, _) => _ = InvokeAsync(StateHasChanged);

    private void Choose(RfqLineForm line, PartHit? part)
    {
        // What was typed stays; what a part brought goes with it.
        if (part is not null && (string.IsNullOrWhiteSpace(line.Description) || line.PartId is not null))
        {
            line.Description = part.Name;
        }

        line.UnitId = part?.UnitId ?? line.UnitId;
        (line.PartId, line.PartNumber) = (part?.Id, part?.Number ?? "");
        Touched(line, nameof(line.PartId));
        Touched(line, nameof(line.Description));
        Touched(line, nameof(line.UnitId));
    }

    private void Touched(RfqLineForm line, string field)
    {
        WithRoom(Form);
        Context.NotifyFieldChanged(new(line, field));
    }

    private void Remove(RfqLineForm line)
    {
        Form.Lines.Remove(line);
        WithRoom(Form);
        Context.NotifyFieldChanged(new(Form, nameof(Form.Lines)));
    }

    private async Task CountFilesAsync()
    {
        var counts = (await Rfqs.LinesAsync(Form.Id!.Value, CancellationToken.None)).ToDictionary(l => l.Id, l => l.Files);
        Form.Lines.ForEach(l => l.Files = l.Id is { } id ? counts.GetValueOrDefault(id) : 0);
    }

    private static string FilesLabel(RfqLineForm line, int number) => line.Files switch
    {
        0 => $"Attach files to line {number}",
        1 => $"1 file of line {number}",
        _ => $"{line.Files} files of line {number}",
    };

    private async Task FileAsync(InputFileChangeEventArgs e)
    {
        (_read, _refusal) = (null, null);
        try
        {
            if (e.File.Size > LinesTable.LargestFile)
            {
                throw new RefusedException($"The file is larger than {LinesTable.LargestFile / (1024 * 1024)} MB. Take out what is not needed, or split it.");
            }

            await using var content = e.File.OpenReadStream(LinesTable.LargestFile);
            _read = e.File.Name == "pasted.tsv" ? await PastedAsync(content) : await Queries.ReadFileAsync(content, e.File.Name, CancellationToken.None);
            Form.Lines.RemoveAll(l => l.IsBlank);
            if (Form.Lines.Count + _read.Count > RfqForm.MostLines)
            {
                _read = null;
                throw new RefusedException($"An RFQ holds {RfqForm.MostLines:#,##0} lines at most; with these it would have more. Split it into two.");
            }

            Form.Lines.AddRange(_read.Select(r => r.Line));
            Context.NotifyFieldChanged(new(Form, nameof(Form.Lines)));
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }

        WithRoom(Form);
    }

    private async Task<IReadOnlyList<ReadLine>> PastedAsync(Stream content)
    {
        using var reader = new StreamReader(content);
        return await Queries.ReadTextAsync(await reader.ReadToEndAsync(), CancellationToken.None);
    }

    private List<string> Faults(RfqLineForm line) => [.. Fields.SelectMany(f => Context.GetValidationMessages(new FieldIdentifier(line, f))).Distinct()];

    private string Bad(RfqLineForm line, string field) => Context.GetValidationMessages(new FieldIdentifier(line, field)).Any() ? "cell-bad" : "";

    private string Cell(RfqLineForm line, string field) => "cell-input " + Bad(line, field);
}
