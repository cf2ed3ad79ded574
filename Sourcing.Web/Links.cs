using Sourcing.Data.Common;

namespace Sourcing.Web;

/// <summary>Every address of the app. Pages repeat them in their route; nothing else writes one.</summary>
public static class Links
{
    public const string Home = "/";

    // Catalog
    public const string Parts = "/parts";
    public const string NewPart = "/parts/new";
    public const string DeletedParts = "/parts/deleted";
    public const string PartCategories = "/parts/categories";
    public const string Units = "/parts/units";

    public static string Part(Guid id) => $"/parts/{id}";

    /// <param name="tab">prices, references, price-history, documents, files or history.</param>
    public static string Part(Guid id, string tab) => $"/parts/{id}/{tab}";

    public static string EditPart(Guid id) => $"/parts/{id}/edit";

    // Suppliers
    public const string Suppliers = "/suppliers";
    public const string NewSupplier = "/suppliers/new";
    public const string DeletedSuppliers = "/suppliers/deleted";

    public static string Supplier(Guid id) => $"/suppliers/{id}";

    /// <param name="tab">rfqs, orders, prices, files or history.</param>
    public static string Supplier(Guid id, string tab) => $"/suppliers/{id}/{tab}";

    public static string EditSupplier(Guid id) => $"/suppliers/{id}/edit";

    // RFQs
    public const string Rfqs = "/rfqs";
    public const string NewRfq = "/rfqs/new";

    public static string Rfq(Guid id) => $"/rfqs/{id}";

    /// <summary>A part of an RFQ's page: suppliers, files, history. Its lines are at <see cref="Rfq"/>.</summary>
    public static string RfqTab(Guid id, string tab) => $"/rfqs/{id}/{tab}";

    /// <summary>So many parts fit into an address.</summary>
    public const int MostPartsOfNewRfq = 200;

    /// <summary>A new RFQ that asks for these parts; at most <see cref="MostPartsOfNewRfq"/>.</summary>
    public static string NewRfqFor(IEnumerable<Guid> parts) => $"/rfqs/new?parts={string.Join(',', parts)}";

    public static string EditRfq(Guid id) => $"/rfqs/{id}/edit";

    public static string Comparison(Guid rfqId) => $"/rfqs/{rfqId}/comparison";

    /// <summary>A supplier's quote as the buyer reads it; an older revision of it when asked for.</summary>
    public static string RfqQuote(Guid rfqId, Guid supplierId, int? revision = null) =>
        $"/rfqs/{rfqId}/quotes/{supplierId}" + (revision is null ? "" : $"?revision={revision}");

    public static string EnterQuote(Guid rfqId, Guid supplierId) => $"/rfqs/{rfqId}/quotes/{supplierId}/enter";

    /// <summary>The comparison as a spreadsheet.</summary>
    public static string ComparisonSheet(Guid rfqId) => $"/rfqs/{rfqId}/comparison.xlsx";

    /// <summary>What is asked, as a spreadsheet that a supplier fills in.</summary>
    public static string RequestSheet(Guid rfqId) => $"/rfqs/{rfqId}/request.xlsx";

    /// <summary>The same with what this supplier has answered so far.</summary>
    public static string QuoteSheetOf(Guid rfqId, Guid supplierId) => $"/rfqs/{rfqId}/quotes/{supplierId}/quote.xlsx";

    // Orders
    public const string Orders = "/orders";
    public const string NewOrder = "/orders/new";

    /// <summary>Awards and orders that wait for a second person.</summary>
    public const string Approvals = "/approvals";

    /// <param name="tab">receipts, documents or history; null for the lines.</param>
    public static string Order(Guid id, string? tab = null) => $"/orders/{id}" + (tab is null ? "" : "?tab=" + tab);

    public static string EditOrder(Guid id) => $"/orders/{id}/edit";

    public static string PrintOrder(Guid id) => $"/orders/{id}/print";

    public static string OrderPdf(Guid id) => $"/orders/{id}/purchase-order.pdf";

    /// <summary>A new order to this supplier.</summary>
    public static string NewOrderTo(Guid supplierId) => $"/orders/new?supplier={supplierId}";

    /// <summary>The orders that an award made.</summary>
    public static string OrdersOfRfq(string rfqNumber) => $"/orders?q={Uri.EscapeDataString(rfqNumber)}";

    // Portal
    public const string Portal = "/portal";
    public const string PortalOrders = "/portal/orders";

    public static string PortalRfq(Guid id) => $"/portal/rfqs/{id}";

    public static string PortalQuote(Guid rfqId) => $"/portal/rfqs/{rfqId}/quote";

    /// <summary>The own answer as a spreadsheet to fill in.</summary>
    public static string PortalQuoteSheet(Guid rfqId) => $"/portal/rfqs/{rfqId}/quote.xlsx";

    public static string PortalReceipt(Guid rfqId) => $"/portal/rfqs/{rfqId}/receipt";

    public static string PortalOrder(Guid id) => $"/portal/orders/{id}";

    // Imports
    public const string Imports = "/imports";
    public const string NewImport = "/imports/new";

    /// <param name="step">match or check; null for where the import stands.</param>
    /// <param name="rows">Which rows of the check: see <see cref="Sourcing.Data.Imports.RowFilter"/>.</param>
    /// <param name="after">The row after which the page begins.</param>
    public static string Import(Guid id, string? step = null, string? rows = null, int after = 0) =>
        $"/imports/{id}" + (step is null ? "" : "?step=" + step + (rows is null ? "" : "&rows=" + rows) + (after == 0 ? "" : "&after=" + after));

    /// <summary>Downloads the rows to mend.</summary>
    public static string RejectedRows(Guid id) => $"/imports/{id}/rows-to-mend.csv";

    // Operations
    public const string Outbox = "/admin/outbox";
    public const string History = "/admin/history";
    public const string Jobs = "/admin/jobs";
    public const string Database = "/admin/database";
    public const string Settings = "/admin/settings";
    public const string DeletedRecords = "/admin/deleted";

    /// <summary>Deleted records of one kind, with a way back.</summary>
    /// <param name="table">A table of <see cref="Sourcing.Data.Operations.RecordKinds"/>.</param>
    public static string Deleted(string table) => $"{DeletedRecords}?f.tableName={table}";

    public const string ExchangeRates = "/admin/settings/rates";
    public const string MailSettings = "/admin/settings/mail";

    public static string OutboxMail(Guid id) => $"/admin/outbox/{id}";

    public static string RecordHistory(Guid id) => $"/admin/history/{id}";

    /// <summary>Downloads an attached file.</summary>
    public static string File(Guid id) => $"/files/{id}";

    // Accounts
    public const string Users = "/admin/users";
    public const string Account = "/account/manage";
    public const string SignOut = "/account/sign-out";
    public const string ForgotPassword = "/account/forgot-password";
    public const string ResetPassword = "/account/reset-password";
    public const string AcceptInvitation = "/account/accept-invitation";
    public const string ConfirmEmail = "/account/confirm-email";
    public const string TooManyPages = "/account/too-many-pages";
    public const string DemoSignIn = "/account/demo";
    public const string PasskeySignIn = "/account/passkey";
    public const string PasskeyRequest = "/account/passkey-request";
    public const string PasskeyCreation = "/account/passkey-creation";
    public const string AccountPassword = "/account/manage/password";
    public const string AccountAuthenticator = "/account/manage/authenticator";
    public const string AccountPasskeys = "/account/manage/passkeys";
    public const string AccountSessions = "/account/manage/sessions";
    public const string FirstRun = "/first-run";
    public const string Rights = "/admin/rights";

    public static string User(Guid id, string? tab = null) => $"/admin/users/{id}" + (tab is null ? "" : $"?tab={tab}");

    public static string SignInCode(bool keep, string returnTo) => $"/account/code?keep={(keep ? "true" : "false")}&returnUrl={Uri.EscapeDataString(returnTo)}";

    public static string PasskeyRefused(string returnTo) => $"/account/sign-in?passkey=refused&returnUrl={Uri.EscapeDataString(returnTo)}";

    /// <summary>What a supplier gets by mail: opens one RFQ without an account.</summary>
    public static string QuoteLink(string token) => $"/q/{token}";

    public static string SignIn(string? returnTo = null) =>
        "/account/sign-in" + (string.IsNullOrEmpty(returnTo) || returnTo == Home ? "" : $"?returnUrl={Uri.EscapeDataString(returnTo)}");

    // Layout
    public const string NotFound = "/not-found";

    /// <summary>The rows of a list as a file.</summary>
    /// <param name="type">csv or xlsx.</param>
    /// <param name="query">The list's query string without the question mark.</param>
    public static string Export(string list, string type, string query = "") => $"/export/{list}.{type}" + (query.Length == 0 ? "" : "?" + query);

    /// <summary>Where somebody with these roles begins.</summary>
    public static string Start(CurrentUser user) =>
        user.May(Permission.RfqsRead) ? Rfqs : user.May(Permission.PortalUse) ? Portal : user.May(Permission.PartsRead) ? Parts : Account;
}
