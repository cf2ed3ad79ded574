using Sourcing.Data.Common;

namespace Sourcing.Web;

public static partial class Links
{
    public const string Customers = "/customers";
    public const string NewCustomer = "/customers/new";
    public const string DeletedCustomers = "/customers/deleted";

    public static string Customer(Guid id) => $"/customers/{id}";

    /// <param name="tab">orders, rfqs, files, or history.</param>
    public static string Customer(Guid id, string tab) => $"/customers/{id}/{tab}";

    /// <summary>Orders of one's customers.</summary>
    public const string SoldOrders = "/sales/orders";

    /// <summary>Sold orders by filters of the list, as it writes them: status, day, isOwn, representative.</summary>
    public static string SoldOrdersBy(params (string Key, string Value)[] filters) => Filtered(SoldOrders, filters);

    /// <summary>RFQs for one's customers.</summary>
    public const string CustomerRfqs = "/sales/requests/rfqs";

    /// <summary>RFQs for customers by filters of the list, as it writes them: status, isOwn, representative.</summary>
    public static string CustomerRfqsBy(params (string Key, string Value)[] filters) => Filtered(CustomerRfqs, filters);

    /// <summary>An RFQ as whoever asked for it reads it.</summary>
    public static string CustomerRfq(Guid id) => $"{CustomerRfqs}/{id}";

    /// <summary>An RFQ as this person reads it: a buyer's view, a seller's, or null for none.</summary>
    public static string? RfqFor(CurrentUser user, Guid id) => user.May(Permission.RfqsRead) ? Rfq(id) : user.May(Permission.NotesUse) ? CustomerRfq(id) : null;

    /// <summary>An order as whoever sold it reads it.</summary>
    public static string CustomerOrder(Guid id) => $"/sales/orders/{id}";

    /// <summary>Active customers of a representative, by name.</summary>
    public static string CustomersOf(string representative) => Filtered(Customers, [("rep", representative), ("isActive", "yes")]);

    public static string EditCustomer(Guid id) => $"/customers/{id}/edit";

    /// <summary>What a merge of two customers would do; the second is chosen there when it is left out.</summary>
    public static string MergeCustomers(Guid keep, Guid? giveUp = null) => $"/customers/merge?keep={keep}" + (giveUp is null ? "" : $"&giveUp={giveUp}");

    /// <summary>Figures of one's own quarter, and of everybody below.</summary>
    public const string SalesFigures = "/sales";

    /// <summary>One person's figures.</summary>
    public static string SalesOf(Guid rep) => $"/sales?rep={rep}";

    public const string SalesTeam = "/sales/team";

    /// <summary>A representative's place and quotas.</summary>
    public static string SalesRep(Guid id) => $"/sales/team/{id}";

    /// <summary>What representatives ask of buyers.</summary>
    public const string Requests = "/sales/requests";

    public static string NewRequest(Guid? customer = null) => "/sales/requests/new" + (customer is null ? "" : $"?customer={customer}");

    public static string Request(Guid id) => $"/sales/requests/{id}";

    public const string MyDay = "/my-day";
    public const string Notes = "/notes";
    public const string NewNote = "/notes/new";

    /// <summary>A new note about a customer, an RFQ or an order.</summary>
    public static string NewNoteOn(Guid? customerId = null, Guid? rfqId = null, Guid? orderId = null) =>
        NewNote + (customerId is { } customer ? $"?customer={customer}" : rfqId is { } rfq ? $"?rfq={rfq}" : orderId is { } order ? $"?order={order}" : "");

    public static string Note(Guid id) => $"/notes/{id}";

    public static string EditNote(Guid id) => $"/notes/{id}/edit";

    /// <summary>A customer's notes, by its name.</summary>
    public static string NotesOf(string customer) => $"{Notes}?f.customer={Uri.EscapeDataString(customer)}";

    /// <summary>Notes by filters of the list, as it writes them: kind, day, representative, action, doneOn.</summary>
    public static string NotesBy(params (string Key, string Value)[] filters) => Filtered(Notes, filters);

    private static string Filtered(string list, (string Key, string Value)[] filters) =>
        list + (filters.Length == 0 ? "" : "?" + string.Join('&', filters.Select(f => $"f.{f.Key}={Uri.EscapeDataString(f.Value)}")));

    /// <summary>Customers that are silent for too long; those of one representative by name.</summary>
    public static string SilentCustomers(string? representative = null) => "/sales/silent" + (representative is null ? "" : "?f.representative=" + Uri.EscapeDataString(representative));

    public const string Activity = "/sales/activity";

    /// <summary>A team's activity in the week of a day.</summary>
    public static string ActivityOf(DateOnly week) => $"{Activity}?week={Day(week)}";

    // Commissions
    public const string Commissions = "/commissions";
    public const string CommissionPlans = "/commissions/plans";
    public const string NewCommissionPlan = "/commissions/plans/new";

    public static string Commission(Guid id) => $"/commissions/{id}";

    public static string CommissionPlan(Guid id) => $"/commissions/plans/{id}";

    public static string EditCommissionPlan(Guid id, Guid version) => $"/commissions/plans/{id}/versions/{version}/edit";

    /// <summary>Run, review and payout of what was earned from a day until before another.</summary>
    public static string CommissionReview(DateOnly? from = null, DateOnly? until = null) =>
        "/commissions/review" + (from is { } first && until is { } end ? $"?from={Day(first)}&until={Day(end)}" : "");

    /// <summary>What the ledger said about a representative at the end of a day.</summary>
    public static string CommissionStatement(Guid? rep = null, DateOnly? from = null, DateOnly? asOf = null)
    {
        var said = new[] { rep is { } id ? $"rep={id}" : "", from is { } first ? $"from={Day(first)}" : "", asOf is { } day ? $"asOf={Day(day)}" : "" }.Where(p => p.Length > 0);
        return "/commissions/statement" + (rep is null && from is null && asOf is null ? "" : "?" + string.Join('&', said));
    }

    /// <summary>What is payable or paid of a period, as a file.</summary>
    /// <param name="type">csv or xlsx.</param>
    public static string CommissionExport(string type, DateOnly from, DateOnly until) => $"/commissions/payout.{type}?from={Day(from)}&until={Day(until)}";
}
