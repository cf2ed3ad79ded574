using Microsoft.AspNetCore.Components;
using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Suppliers;

/// <summary>One template: what it says, what it would have done, and the step to switch it on.</summary>
public sealed partial class ScorecardTemplatePage
{
    private ScorecardTemplateDetails? _template;
    private BackTest? _test;
    private bool _missing;
    private Guid _read;

    /// <summary>Key of the template.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ScorecardQueries Queries { get; set; } = null!;

    [Inject]
    private ScorecardTemplateService Templates { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            _test = null;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var template = await Queries.TemplateAsync(Id, default);
        (_template, _missing) = (template, template is null);
    }

    private async Task BackTestAsync()
    {
        var test = await Templates.BackTestAsync(Id, _template!.Version, default);
        await ReadAsync();
        _test = test;
    }

    private async Task ActivateAsync()
    {
        var template = _template!;
        if (await Dialogs.ConfirmAsync(
            $"Activate {template.Name}", "From now on it scores every supplier, and its standings warn of suppliers or block them. The template that is active now is retired.", "Activate template"))
        {
            await Templates.ActivateAsync(Id, template.Version, default);
            await ReadAsync();
            Toasts.Done("Template activated. All suppliers are being scored by it.");
        }
    }

    private async Task RetireAsync()
    {
        var template = _template!;
        if (await Dialogs.ConfirmAsync($"Retire {template.Name}", "No supplier has a standing then, and what standings blocked is blocked no more. Its scores stay.", "Retire template", danger: true))
        {
            await Templates.RetireAsync(Id, template.Version, default);
            await ReadAsync();
            Toasts.Done("Template retired");
        }
    }

    private async Task CopyAsync()
    {
        var copy = await Templates.CopyAsync(Id, Guid.CreateVersion7(), default);
        Toasts.Done("Template copied");
        Navigation.NavigateTo(Links.EditScorecardTemplate(copy));
    }

    private async Task DeleteAsync()
    {
        await Templates.DeleteAsync(Id, _template!.Version, default);
        Toasts.Done("Template deleted");
        Navigation.NavigateTo(Links.ScorecardTemplates);
    }
}
