using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Where a planner begins: the last plan, what is urgent in it, what is wrong with the data, and the button for the next.</summary>
public sealed partial class PlanningPage
{
    private PlanningHome? _home;
    private CycleDetails? _running;
    private PlanFindings? _findings;
    private IReadOnlyList<ClassCover>? _cover;
    private Guid? _covered;
    private string? _failed;
    private StartCycleForm _start = new();

    [Inject]
    private PlanningHomeQueries Queries { get; set; } = null!;

    [Inject]
    private CycleQueries Cycles { get; set; } = null!;

    [Inject]
    private PlanFindingQueries Findings { get; set; } = null!;

    [Inject]
    private PlanningService Service { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private int Blocking => _findings!.Issues.Where(i => i.Severity == PlanSeverity.Blocking).Sum(i => i.Count);

    private IReadOnlyList<(PlanSeverity Severity, int Count)> Severities => [.. _findings!.Issues.GroupBy(i => i.Severity).OrderByDescending(g => g.Key).Select(g => (g.Key, g.Sum(i => i.Count)))];

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => ReloadAsync();

    private async Task ReloadAsync()
    {
        var running = await Cycles.RunningAsync(default);
        if (_running is { } before && running is null)
        {
            await EndedAsync(before.Row.Id);
        }

        var findings = await Findings.CountsAsync(default);
        (_running, _findings, _home) = (running, findings, await Queries.HomeAsync(Format.Today, default));
        if (_home.Last?.Id != _covered)
        {
            // The rest of the page stands meanwhile: this one adds up the whole plan.
            (_covered, _cover) = (_home.Last?.Id, null);
            StateHasChanged();
            _cover = _covered is { } cycle ? await Queries.CoverAsync(cycle, default) : [];
        }
    }

    private async Task EndedAsync(Guid id)
    {
        var ended = (await Cycles.DetailsAsync(id, default)).Row;
        _failed = ended.Status == CycleStatus.Failed ? $"{ended.Number} failed. {ended.Message}" : null;
        if (ended.Status is CycleStatus.Completed or CycleStatus.CompletedWithErrors)
        {
            Toasts.Done($"{ended.Number} is finished: {Format.Number(ended.Counts?.Recommendations ?? 0)} recommendations");
        }
    }

    // Progress alone needs nothing else read.
    private async Task ProgressAsync(Sourcing.Data.Operations.LiveEvent what)
    {
        if (_running is not null && (what.Id is null || what.Id == _running.JobId))
        {
            var running = await Cycles.RunningAsync(default);
            if (running is null)
            {
                await ReloadAsync();
            }
            else
            {
                _running = running;
            }
        }
    }

    private async Task RunAsync()
    {
        _failed = null;
        await Service.StartAsync(_start, default);
        _start = new();
        await ReloadAsync();
    }

    private async Task CancelAsync()
    {
        if (_running is { } running)
        {
            await Service.CancelAsync(running.Row.Id, default);
            Toasts.Done($"{running.Row.Number} cancelled");
            await ReloadAsync();
        }
    }

    private static string Width(decimal part, decimal whole) => whole <= 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100 * part / whole, part > 0 ? 2 : 0, 100):0.#}%");

    private static string CoverTint(int days) => days < 14 ? "red" : days < 28 ? "amber" : "accent";

    private static string CoverLink(ClassCover row) => row.Class is null ? Links.PlannedMaterials : $"{Links.PlannedMaterials}?f.category={Uri.EscapeDataString(row.Class)}";
}
