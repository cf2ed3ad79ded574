using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>The board of RFQs, live. Its filter stands in the address.</summary>
public sealed partial class RfqBoardView : IDisposable
{
    private static readonly ChipMenu.Choice[] Deadlines =
    [
        new(nameof(DeadlineFilter.Passed), "passed"), new(nameof(DeadlineFilter.Within48Hours), "within 48 hours"),
        new(nameof(DeadlineFilter.Within7Days), "within 7 days"), new(nameof(DeadlineFilter.Within30Days), "within 30 days"),
    ];

    private RfqBoard? _board;
    private BoardFilter? _read;
    private IReadOnlyList<BuyerChoice> _buyers = [];
    private IReadOnlyList<ChipMenu.Choice> _buyerChoices = [];
    private IReadOnlyList<ChipMenu.Choice> _categoryChoices = [];
    private HashSet<Guid> _flashed = [];
    private RfqCard? _dragged;
    private LiveEvent? _last;
    private DateTimeOffset _lastAt;
    private string? _refusal;
    private readonly TypedSearch _search = new();

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public BoardFilter Filter { get; set; } = new();

    /// <summary>Asked to show something else.</summary>
    [Parameter, EditorRequired]
    public EventCallback<BoardFilter> Changed { get; set; }

    [Inject]
    private RfqQueries Queries { get; set; } = null!;

    [Inject]
    private CatalogQueries Catalog { get; set; } = null!;

    [Inject]
    private RfqSteps Steps { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private LiveEvents Live { get; set; } = null!;

    [Inject]
    private ListTrails Trails { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool CanMove => User.May(Permission.RfqsWrite);

    private int SetCount => (Filter.BuyerId is null ? 0 : 1) + (Filter.CategoryId is null ? 0 : 1) + (Filter.Deadline is null ? 0 : 1);

    private bool Filtered => SetCount > 0 || Filter.Text.Length > 0;

    private string LiveText => !Live.Connected ? "Not live: changes of others show after a reload"
        : _last is null ? "Live"
        : $"Live · changed {Format.Ago(_lastAt)}{(_last.Actor == User.Id ? " by you" : _buyers.FirstOrDefault(b => b.Id == _last.Actor) is { } actor ? $" by {actor.Name}" : "")}";

    /// <inheritdoc/>
    public void Dispose() => _search.Dispose();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _buyers = await Queries.BuyersAsync(CancellationToken.None);
        _buyerChoices = [new(User.Id.ToString(), "me"), .. _buyers.Where(b => b.Id != User.Id).Select(b => new ChipMenu.Choice(b.Id.ToString(), b.Name))];
        _categoryChoices = [.. (await Catalog.CategoriesAsync(CancellationToken.None)).Select(c => new ChipMenu.Choice(c.Id.ToString(), c.Path))];
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Filter)
        {
            _read = Filter;
            _search.Follow(Filter.Text);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _board = await Queries.BoardAsync(Filter, CancellationToken.None);
            (_refusal, _flashed) = (null, []);
            Trails.Keep(new("board", [.. _board.Lanes.SelectMany(l => l.Cards).Select(c => Links.Rfq(c.Id))]));
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }
    }

    // Cards that look different from before flash once when somebody else did it.
    private async Task HeardAsync(LiveEvent what)
    {
        var before = _board?.Lanes.SelectMany(l => l.Cards).ToDictionary(c => c.Id) ?? [];
        await LoadAsync();
        (_last, _lastAt) = (what, Time.GetUtcNow());
        if (what.Actor != User.Id && _board is not null)
        {
            _flashed = [.. _board.Lanes.SelectMany(l => l.Cards).Where(c => !before.TryGetValue(c.Id, out var was) || was != c).Select(c => c.Id)];
        }
    }

    private async Task DropAsync(RfqStatus to)
    {
        var card = _dragged;
        _dragged = null;
        if (card is not null && card.Status != to)
        {
            await MoveAsync(card, to);
        }
    }

    private async Task AskMoveAsync(RfqCard card)
    {
        if (await Dialogs.OpenAsync<MoveDialog>($"Move {card.Number} to", new() { ["Status"] = card.Status }, 480) is RfqStatus to)
        {
            await MoveAsync(card, to);
        }
    }

    private async Task MoveAsync(RfqCard card, RfqStatus to)
    {
        var brief = new RfqBrief(card.Id, card.Number, card.Status, card.Deadline, card.DeadlineTimeZone, card.Invited, card.Version) { Round = card.Round, Told = card.Invited - card.Declined };
        if (await Steps.TakeAsync(brief, to))
        {
            await LoadAsync();
        }
    }

    private Task TypedAsync(string? text) => _search.TypeAsync(text, wanted => SetAsync(Filter with { Text = wanted }));

    private Task SetAsync(BoardFilter filter) => Changed.InvokeAsync(filter);

    private string CountOf(RfqLane lane) => lane.More ? $"{Format.Number(RfqQueries.LaneCount)}+" : Format.Number(lane.Count);

    private string Short(decimal sum) => $"{CurrencyConversion.Base} " + sum switch
    {
        >= 10_000_000m => $"{Format.Number(sum / 1_000_000m, 0, 0)}M",
        >= 1_000_000m => $"{Format.Number(sum / 1_000_000m, 1, 1)}M",
        >= 10_000m => $"{Format.Number(sum / 1000m, 0, 0)}k",
        _ => Format.Number(sum, 0, 0),
    };

    private static string Name(RfqStatus status) => Words.Snake(status.ToString());

    private static string HueOf(RfqStatus status) => StateHues.Of(status).ToString().ToLowerInvariant();

    private static Guid? Key(string? value) => Guid.TryParse(value, out var id) ? id : null;

    private static DeadlineFilter? Deadline(string? value) => Enum.TryParse<DeadlineFilter>(value, out var within) ? within : null;

    private static string EmptyText(RfqStatus status) => status switch
    {
        RfqStatus.Draft => "No draft",
        RfqStatus.Open => "None is open",
        RfqStatus.Closed => "None waits for its evaluation",
        RfqStatus.Evaluating => "None is being evaluated",
        _ => "None awarded",
    };
}
