using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>The suppliers of an RFQ: states, links, reminders, and a proposal of others with its reasons.</summary>
public sealed partial class RfqSuppliers
{
    private readonly HashSet<Guid> _chosen = [];
    private List<InvitationRow>? _rows;
    private List<RoundView> _rounds = [];
    private IReadOnlyList<SupplierProposal>? _proposals;
    private Guid? _picked;
    private RfqDetails? _read;
    private Guid _formKey = Guid.CreateVersion7();

    [Parameter, EditorRequired]
    public RfqDetails Rfq { get; set; } = null!;

    /// <summary>Something was done: load the head again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private RfqQueries Queries { get; set; } = null!;

    [Inject]
    private SupplierProposalQueries Proposals { get; set; } = null!;

    [Inject]
    private RoundService Rounds { get; set; } = null!;

    [Inject]
    private InvitationService Service { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    private bool CanWrite => User.May(Permission.RfqsWrite);

    private bool CanInvite => CanWrite && (Rfq.IsDraft || Rfq.TakesQuotes);

    private string ChosenText => _chosen.Count switch
    {
        0 => Rfq.IsDraft ? "Choose suppliers" : "Invite suppliers",
        1 => Rfq.IsDraft ? "Choose 1 supplier" : "Invite 1 supplier",
        var count => Rfq.IsDraft ? $"Choose {count} suppliers" : $"Invite {count} suppliers",
    };

    private string Remind => _rows!.Count(r => r.IsUnanswered && r.Round == Rfq.Round) is var count && count == 1 ? "Remind the one who has not answered" : $"Remind {count} who have not answered";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Rfq)
        {
            return;
        }

        // What is ticked stays when somebody else's act loads the page again.
        _read = Rfq;
        _rounds = Rfq.Round > 1 ? await Rounds.OfRfqAsync(Rfq.Id, CancellationToken.None) : [];
        _rows = await Queries.InvitationsAsync(Rfq.Id, CancellationToken.None);
        if (CanInvite)
        {
            StateHasChanged();
            _proposals = await Proposals.ForAsync(Rfq.Id, 12, CancellationToken.None);
            _chosen.IntersectWith(_proposals.Where(p => p.WhyNot is null).Select(p => p.SupplierId));
        }
    }

    private void Choose(Guid supplier)
    {
        if (!_chosen.Remove(supplier))
        {
            _chosen.Add(supplier);
        }
    }

    private async Task InviteAsync(IReadOnlyList<Guid> suppliers)
    {
        await Service.InviteAsync(new() { FormKey = _formKey, Id = Rfq.Id, SupplierIds = suppliers }, CancellationToken.None);
        (_formKey, _picked) = (Guid.CreateVersion7(), null);
        Toasts.Done((suppliers.Count == 1 ? "1 supplier" : $"{suppliers.Count} suppliers") + (Rfq.IsDraft ? " chosen" : " invited"));
        await Changed.InvokeAsync();
    }

    private async Task UninviteAsync(InvitationRow row)
    {
        await Service.UninviteAsync(row.Id, CancellationToken.None);
        Toasts.Done($"{row.Supplier} is taken out");
        await Changed.InvokeAsync();
    }

    private async Task RemindAllAsync()
    {
        var count = await Service.RemindAllAsync(Rfq.Id, CancellationToken.None);
        Toasts.Done(count == 1 ? "1 supplier reminded" : $"{count} suppliers reminded");
        await Changed.InvokeAsync();
    }

    private async Task AskAsync(InvitationRow row)
    {
        if (await Dialogs.OpenAsync<InvitationDialog>(row.Supplier, new() { ["Row"] = row, ["Rfq"] = Rfq }, 480) is true)
        {
            await Changed.InvokeAsync();
        }
    }

    private static string Whom(InvitationRow row)
    {
        var email = row.Email.Length > 0 ? row.Email : "no e-mail address: hand over the link";
        return string.Join(" · ", new[] { row.Country, $"{row.ContactName} {email}".TrimStart() }.Where(t => t.Length > 0));
    }
}
