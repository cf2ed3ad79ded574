using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Shared;

/// <summary>The files of one record: list, download, and for those who may, adding, removing and showing to suppliers.</summary>
public sealed partial class Attachments
{
    private const int MostAtOnce = 20;

    private IReadOnlyList<AttachmentRow>? _files;
    private IReadOnlyList<string> _refusals = [];
    private string? _taking;
    private (string, Guid) _shown;

    /// <summary>Table of the record: rfqs, rfq_lines, quotes, orders, parts, suppliers.</summary>
    [Parameter, EditorRequired]
    public string OwnerType { get; set; } = "";

    [Parameter, EditorRequired]
    public Guid OwnerId { get; set; }

    /// <summary>Shows the drop area and the switches. The service checks again.</summary>
    [Parameter]
    public bool CanWrite { get; set; }

    /// <summary>Offers the switch that shows a file to suppliers; off where suppliers see none of them.</summary>
    [Parameter]
    public bool ForSuppliers { get; set; } = true;

    /// <summary>Told after a file was added or removed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private AttachmentService Service { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (OwnerType, OwnerId))
        {
            _shown = (OwnerType, OwnerId);
            await LoadAsync();
        }
    }

    private async Task LoadAsync() => _files = await Service.ListAsync(OwnerType, OwnerId, CancellationToken.None);

    // One after another, so that one person never holds more than one upload's buffers; a refused file does not stop the others.
    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        if (_taking is not null)
        {
            return;
        }

        var refusals = new List<string>();
        _refusals = [];
        try
        {
            if (chosen.FileCount > MostAtOnce)
            {
                refusals.Add($"These are {chosen.FileCount} files. Attach at most {MostAtOnce} at a time.");
                return;
            }

            foreach (var file in chosen.GetMultipleFiles(MostAtOnce))
            {
                _taking = file.Name;
                StateHasChanged();
                await TakeAsync(file, refusals);
            }

            await LoadAsync();
            await Changed.InvokeAsync();
        }
        finally
        {
            (_taking, _refusals) = (null, refusals);
        }
    }

    private async Task TakeAsync(IBrowserFile file, List<string> refusals)
    {
        try
        {
            if (file.Size > AttachmentService.LargestFile)
            {
                throw new RefusedException($"{file.Name} is larger than {AttachmentService.LargestFile / (1024 * 1024)} MB. Make it smaller or split it.");
            }

            await using var content = file.OpenReadStream(AttachmentService.LargestFile);
            await Service.AddAsync(OwnerType, OwnerId, file.Name, content, visibleToSupplier: false, CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            refusals.Add(refusal.Message);
        }
        catch (IOException)
        {
            refusals.Add($"{file.Name} did not arrive whole. Attach it again.");
        }
    }

    private async Task ShowAsync(AttachmentRow file)
    {
        try
        {
            await Service.ShowToSupplierAsync(file.Id, !file.VisibleToSupplier, CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            Toasts.Refused(refusal.Message);
        }

        await LoadAsync();
    }

    private async Task RemoveAsync(AttachmentRow file)
    {
        await Service.RemoveAsync(file.Id, CancellationToken.None);
        await LoadAsync();
        await Changed.InvokeAsync();
        Toasts.Done($"{file.FileName} removed", User.May(RecordKinds.Of(OwnerType).Write) ? () => UndoAsync(file) : null);
    }

    private async Task UndoAsync(AttachmentRow file)
    {
        await Service.RestoreAsync(file.Id, CancellationToken.None);
        await InvokeAsync(async () =>
        {
            await LoadAsync();
            await Changed.InvokeAsync();
            StateHasChanged();
        });
    }

    private static string IconOf(AttachmentRow file) => file.MediaType switch
    {
        "application/pdf" => "picture_as_pdf",
        "image/png" or "image/jpeg" => "image",
        "text/csv" or "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "table",
        "image/vnd.dxf" or "model/step" => "deployed_code",
        _ => "description",
    };
}
