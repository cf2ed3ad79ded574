using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>What a step needs to know of an RFQ.</summary>
public sealed record RfqBrief(Guid Id, string Number, RfqStatus Status, DateTimeOffset? Deadline, string DeadlineTimeZone, int Invited, uint Version)
{
    /// <summary>1 or more.</summary>
    public int Round { get; init; } = 1;

    /// <summary>How many suppliers have not declined.</summary>
    public int Told { get; init; }
}

/// <summary>
/// Takes an RFQ from state to state for board and page alike: says why not, asks before what cannot be taken back, does it, and
/// reports. Never throws a refusal.
/// </summary>
public sealed class RfqSteps(RfqService rfqs, RfqQueries queries, RoundService rounds, Dialogs dialogs, Toasts toasts, Formats format, CurrentUser user)
{
    /// <summary>True when it was done.</summary>
    public async Task<bool> TakeAsync(RfqBrief rfq, RfqStatus to)
    {
        if (RfqMoves.WhyNotByHand(rfq.Status, to) is { } reason)
        {
            toasts.Refused($"{rfq.Number}: {reason}");
            return false;
        }

        try
        {
            return (rfq.Status, to) switch
            {
                (RfqStatus.Draft or RfqStatus.Approval, RfqStatus.Open) => await OpenAsync(rfq),
                (RfqStatus.Paused, RfqStatus.Open) => await ResumeAsync(rfq),
                (_, RfqStatus.Open) => await ExtendAsync(rfq),
                (_, RfqStatus.Paused) => await PauseAsync(rfq),
                (_, RfqStatus.Cancelled) => await CancelAsync(rfq),
                (_, RfqStatus.Closed) => await CloseAsync(rfq),
                _ => await MoveAsync(rfq, to, $"{rfq.Number} is {Words.Spaced(to).ToLowerInvariant()}"),
            };
        }
        catch (RefusedException refusal)
        {
            toasts.Refused($"{rfq.Number}: {refusal.Message}");
            return false;
        }
    }

    /// <summary>Moves the deadline of an open RFQ, or opens a closed one again.</summary>
    public async Task<bool> ExtendAsync(RfqBrief rfq)
    {
        var title = rfq.Status == RfqStatus.Open ? $"Extend the deadline of {rfq.Number}" : $"Reopen {rfq.Number}";
        var form = new DeadlineForm
        {
            Id = rfq.Id, DeadlineTimeZone = rfq.DeadlineTimeZone.Length > 0 ? rfq.DeadlineTimeZone : user.Identity.TimeZone.Id,
            Deadline = rfq.Deadline is { } at ? DeadlineMoment.Local(at, rfq.DeadlineTimeZone) : null,
        };
        return await dialogs.OpenAsync<DeadlineDialog>(title, new() { ["Form"] = form, ["Reopens"] = rfq.Status != RfqStatus.Open }, 480) is true;
    }

    /// <summary>Holds an open RFQ.</summary>
    public async Task<bool> PauseAsync(RfqBrief rfq) =>
        await dialogs.OpenAsync<PauseDialog>($"Pause {rfq.Number}", new() { ["Form"] = new PauseForm { Id = rfq.Id }, ["Told"] = rfq.Told }, 480) is true;

    /// <summary>Asks chosen suppliers again: those who quoted are chosen to begin with.</summary>
    public async Task<bool> StartNextRoundAsync(RfqBrief rfq)
    {
        var choices = await rounds.ChoicesAsync(rfq.Id, CancellationToken.None);
        var form = new NextRoundForm
        {
            Id = rfq.Id, Round = choices.Round, DeadlineTimeZone = rfq.DeadlineTimeZone.Length > 0 ? rfq.DeadlineTimeZone : user.Identity.TimeZone.Id,
            SupplierIds = [.. choices.Candidates.Where(c => c is { Quoted: true, WhyNot: null } && c.Round == choices.Round).Select(c => c.SupplierId)],
        };
        return await dialogs.OpenAsync<NextRoundDialog>($"Round {choices.Round + 1} of {rfq.Number}", new() { ["Form"] = form, ["Choices"] = choices }, 640) is true;
    }

    // Suppliers were promised so much time: what the pause has taken of it is added.
    private async Task<bool> ResumeAsync(RfqBrief rfq)
    {
        var details = await queries.DetailsAsync(rfq.Id, CancellationToken.None);
        if (details is not { PausedAt: { } since, Deadline: { } told })
        {
            toasts.Refused($"{rfq.Number} is not paused any more. Reload the page.");
            return false;
        }

        var held = details.Now - since;
        var shifted = held > TimeSpan.FromMinutes(30);
        var deadline = shifted ? told + TimeSpan.FromMinutes(Math.Ceiling(held.TotalMinutes / 5) * 5) : told;
        var form = new ResumeForm { Id = rfq.Id, Deadline = DeadlineMoment.Local(deadline, details.DeadlineTimeZone), DeadlineTimeZone = details.DeadlineTimeZone };
        return await dialogs.OpenAsync<ResumeDialog>($"Resume {rfq.Number}", new() { ["Form"] = form, ["Told"] = told, ["Shifted"] = shifted }, 480) is true;
    }

    private async Task<bool> CancelAsync(RfqBrief rfq) =>
        await dialogs.OpenAsync<CancelDialog>($"Cancel {rfq.Number}", new() { ["Form"] = new CancelRfqForm { Id = rfq.Id }, ["Told"] = rfq.Status is RfqStatus.Draft ? 0 : rfq.Invited }, 480) is true;

    private async Task<bool> OpenAsync(RfqBrief rfq)
    {
        // What is missing is said by the service, before anybody is asked.
        if (rfq.Invited > 0 && rfq.Deadline is not null)
        {
            var suppliers = rfq.Invited == 1 ? "1 supplier" : $"{format.Number(rfq.Invited)} suppliers";
            var text = $"{(rfq.Invited == 1 ? "1 supplier gets" : $"{suppliers} get")} a mail with a personal link and may quote until {format.Moment(rfq.Deadline, withZone: true)}. What is asked cannot be changed after that.";
            if (!await dialogs.ConfirmAsync($"Open {rfq.Number}", text + FileWords(await queries.FilesAsync(rfq.Id, CancellationToken.None)), $"Invite {suppliers}"))
            {
                return false;
            }
        }

        return await MoveAsync(rfq, RfqStatus.Open, $"{rfq.Number} is open and its invitations are on their way");
    }

    // A drawing that was forgotten costs a round, and a sheet that was not meant for suppliers costs more.
    private static string FileWords(RfqFileCount files) => files switch
    {
        { All: 0 } => "",
        { Inside: 0 } => $" {(files.Shown == 1 ? "1 file goes" : $"{files.Shown} files go")} with it.",
        { Shown: 0 } => $" {(files.Inside == 1 ? "The attached file stays" : $"All {files.Inside} attached files stay")} inside: mark what suppliers are to see.",
        _ => $" {(files.Shown == 1 ? "1 file goes" : $"{files.Shown} files go")} with it, {files.Inside} {(files.Inside == 1 ? "stays" : "stay")} inside.",
    };

    private async Task<bool> CloseAsync(RfqBrief rfq)
    {
        if (rfq.Status == RfqStatus.Open && !await dialogs.ConfirmAsync(
            $"Close {rfq.Number}", $"Suppliers were told that they may quote until {format.Moment(rfq.Deadline, withZone: true)}. Once closed, nobody can quote or revise.", "Close RFQ"))
        {
            return false;
        }

        return await MoveAsync(rfq, RfqStatus.Closed, $"{rfq.Number} is closed");
    }

    private async Task<bool> MoveAsync(RfqBrief rfq, RfqStatus to, string done)
    {
        await rfqs.MoveAsync(new() { Id = rfq.Id, Version = rfq.Version }, rfq.Status, to, CancellationToken.None);
        toasts.Done(done);
        return true;
    }
}
