using Sourcing.Data.Common;

namespace Sourcing.Web;

/// <summary>Every address of the app. Pages repeat them in their route; nothing else writes one.</summary>
public static partial class Links
{
    public const string Home = "/";
    public const string Today = "/today";

    // Catalog
    public const string Parts = "/parts";
    public const string NewPart = "/parts/new";
    public const string DeletedParts = "/parts/deleted";
    public const string PartCategories = "/parts/categories";
    public const string Units = "/parts/units";

    /// <summary>Parts that may be in the catalog twice.</summary>
    public const string PartDuplicates = "/parts/duplicates";

    /// <summary>What a merge of two parts would do; the second is chosen there when it is left out.</summary>
    public static string MergeParts(Guid keep, Guid? giveUp = null) => $"/parts/merge?keep={keep}" + (giveUp is null ? "" : $"&giveUp={giveUp}");

    public static string Part(Guid id) => $"/parts/{id}";

    /// <param name="tab">prices, references, price-history, documents, files or history.</param>
    public static string Part(Guid id, string tab) => $"/parts/{id}/{tab}";

    public static string EditPart(Guid id) => $"/parts/{id}/edit";

    // Suppliers
    public const string Suppliers = "/suppliers";
    public const string NewSupplier = "/suppliers/new";
    public const string DeletedSuppliers = "/suppliers/deleted";

    /// <summary>What a merge of two suppliers would do; the second is chosen there when it is left out.</summary>
    public static string MergeSuppliers(Guid keep, Guid? giveUp = null) => $"/suppliers/merge?keep={keep}" + (giveUp is null ? "" : $"&giveUp={giveUp}");

    public static string Supplier(Guid id) => $"/suppliers/{id}";

    /// <param name="tab">scorecard, rfqs, orders, prices, files or history.</param>
    public static string Supplier(Guid id, string tab) => $"/suppliers/{id}/{tab}";

    public static string EditSupplier(Guid id) => $"/suppliers/{id}/edit";

    /// <summary>A supplier's score in a period, with the lines behind a criterion.</summary>
    /// <param name="kpi">Which of the criterion's KPIs; null for the first.</param>
    public static string SupplierScorecard(Guid id, DateOnly period, string? criterion = null, string? kpi = null) =>
        $"/suppliers/{id}/scorecard?period={Day(period)}" + (criterion is null ? "" : "&criterion=" + Uri.EscapeDataString(criterion)) + (kpi is null ? "" : "&kpi=" + kpi);

    public const string Scorecards = "/suppliers/scorecards";
    public const string ScorecardTemplates = "/suppliers/scorecards/templates";
    public const string NewScorecardTemplate = "/suppliers/scorecards/templates/new";

    /// <summary>The ranking, of one category where there is one.</summary>
    public static string ScorecardRanking(string category) => Scorecards + (category.Length == 0 ? "" : "?f.category=" + Uri.EscapeDataString(category));

    /// <summary>Suppliers side by side.</summary>
    public static string CompareScorecards(IReadOnlyCollection<Guid> suppliers) => "/suppliers/scorecards/compare" + (suppliers.Count == 0 ? "" : "?suppliers=" + string.Join(',', suppliers));

    public static string ScorecardTemplate(Guid id) => $"/suppliers/scorecards/templates/{id}";

    public static string EditScorecardTemplate(Guid id) => $"/suppliers/scorecards/templates/{id}/edit";

    // RFQs
    public const string Rfqs = "/rfqs";
    public const string NewRfq = "/rfqs/new";

    public static string Rfq(Guid id) => $"/rfqs/{id}";

    public const string Savings = "/savings";

    /// <summary>The awarded lines behind a figure of the savings; null or empty asks for all.</summary>
    public static string AwardedLines(DateOnly from, DateOnly to, string? buyer = null, string? category = null, string? supplier = null, string? baseline = null)
    {
        var filters = new[] { ("buyer", buyer), ("category", category), ("supplier", supplier), ("baseline", baseline) };
        return $"{Savings}/lines?f.decided={Day(from)}..{Day(to)}" + string.Concat(filters.Where(f => !string.IsNullOrEmpty(f.Item2)).Select(f => $"&f.{f.Item1}={Uri.EscapeDataString(f.Item2!)}"));
    }

    /// <summary>A part of an RFQ's page: suppliers, questions, files, history. Its lines are at <see cref="Rfq"/>.</summary>
    public static string RfqTab(Guid id, string tab) => $"/rfqs/{id}/{tab}";

    /// <summary>So many parts fit into an address.</summary>
    public const int MostPartsOfNewRfq = 200;

    /// <summary>A new RFQ that asks for these parts; at most <see cref="MostPartsOfNewRfq"/>.</summary>
    public static string NewRfqFor(IEnumerable<Guid> parts) => $"/rfqs/new?parts={string.Join(',', parts)}";

    /// <summary>Who has bid under seal, the opening, and the log.</summary>
    public static string RfqSeal(Guid id) => RfqTab(id, "seal");

    public static string EditRfq(Guid id) => $"/rfqs/{id}/edit";

    public static string Comparison(Guid rfqId) => $"/rfqs/{rfqId}/comparison";

    /// <summary>A supplier's quote as the buyer reads it; an older revision of it when asked for.</summary>
    /// <param name="round">An earlier round; null for the supplier's last.</param>
    public static string RfqQuote(Guid rfqId, Guid supplierId, int? revision = null, int? round = null) =>
        $"/rfqs/{rfqId}/quotes/{supplierId}{Query(round, revision)}";

    public static string EnterQuote(Guid rfqId, Guid supplierId) => $"/rfqs/{rfqId}/quotes/{supplierId}/enter";

    /// <summary>The comparison with a saved scenario chosen.</summary>
    public static string AwardBy(Guid rfqId, Guid scenarioId) => $"/rfqs/{rfqId}/comparison?scenario={scenarioId}";

    /// <summary>Award scenarios side by side; one of them opened when asked for.</summary>
    public static string Scenarios(Guid rfqId, Guid? scenarioId = null) => $"/rfqs/{rfqId}/scenarios" + (scenarioId is null ? "" : $"?open={scenarioId}");

    /// <summary>Who was asked, what came, what was compared, what was decided and why: for paper.</summary>
    public static string AwardRecord(Guid rfqId) => $"/rfqs/{rfqId}/award-record";

    /// <summary>The comparison as a spreadsheet.</summary>
    public static string ComparisonSheet(Guid rfqId) => $"/rfqs/{rfqId}/comparison.xlsx";

    /// <summary>What is asked, as a spreadsheet that a supplier fills in.</summary>
    public static string RequestSheet(Guid rfqId) => $"/rfqs/{rfqId}/request.xlsx";

    /// <summary>The same with what this supplier has answered so far.</summary>
    public static string QuoteSheetOf(Guid rfqId, Guid supplierId) => $"/rfqs/{rfqId}/quotes/{supplierId}/quote.xlsx";

    // Orders
    public const string Orders = "/orders";
    public const string NewOrder = "/orders/new";

    /// <summary>Order lines that are late, or will be. Filters of the list follow the question mark.</summary>
    public const string LateLines = "/orders/late";

    public const string Invoices = "/orders/invoices";
    public const string Agreements = "/orders/agreements";
    public const string NewAgreement = "/orders/agreements/new";

    public static string Agreement(Guid id) => $"/orders/agreements/{id}";

    public static string EditAgreement(Guid id) => $"/orders/agreements/{id}/edit";

    /// <summary>A change order of an order that the supplier has.</summary>
    public static string ChangeOrder(Guid id) => $"/orders/{id}/change";

    /// <summary>A supplier's invoice to an order.</summary>
    public static string NewInvoice(Guid orderId) => $"/orders/{orderId}/invoice";

    /// <summary>Awards, orders, changes and invoices that wait for a second person.</summary>
    public const string Approvals = "/approvals";

    /// <param name="tab">deliveries, changes, invoices, documents or history; null for the lines.</param>
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
    public const string PortalAgreements = "/portal/agreements";

    public static string PortalRfq(Guid id) => $"/portal/rfqs/{id}";

    public static string PortalQuote(Guid rfqId) => $"/portal/rfqs/{rfqId}/quote";

    /// <summary>The own answer as a spreadsheet to fill in.</summary>
    public static string PortalQuoteSheet(Guid rfqId) => $"/portal/rfqs/{rfqId}/quote.xlsx";

    /// <summary>The own quote of a round with its revisions and what changed.</summary>
    public static string PortalRevisions(Guid rfqId, int? round = null, int? revision = null) => $"/portal/rfqs/{rfqId}/revisions{Query(round, revision)}";

    private static string Query(int? round, int? revision) =>
        (round, revision) switch { (null, null) => "", (null, _) => $"?revision={revision}", (_, null) => $"?round={round}", _ => $"?round={round}&revision={revision}" };

    /// <summary>The whole receipt of a sealed bid, as a file.</summary>
    public static string ReceiptFile(Guid rfqId, int round, int revision) => $"/portal/rfqs/{rfqId}/receipt.json?round={round}&revision={revision}";

    /// <summary>Where anybody holds a receipt of a sealed bid against the books.</summary>
    public const string CheckReceipt = "/check";

    public static string PortalReceipt(Guid rfqId) => $"/portal/rfqs/{rfqId}/receipt";

    public static string PortalOrder(Guid id) => $"/portal/orders/{id}";

    // Planning
    public const string Planning = "/planning";

    /// <summary>What is to be ordered. Filters of the list follow the question mark.</summary>
    public const string Recommendations = "/planning/recommendations";

    /// <summary>The list with this one open beside it.</summary>
    public static string RecommendationOf(Guid id) => $"{Recommendations}?open={id}";

    public const string PlanningExceptions = "/planning/exceptions";
    public const string DataQuality = "/planning/data-quality";
    public const string PlannedMaterials = "/planning/materials";
    public const string PlanningCycles = "/planning/cycles";
    public const string WhatIfs = "/planning/what-ifs";
    public const string NewWhatIf = "/planning/what-ifs/new";
    public const string PlanningParameters = "/planning/parameters";
    public const string Inventory = "/inventory";
    public const string Boms = "/boms";
    public const string Forecasts = "/forecasts";
    public const string ForecastAccuracy = "/forecasts/accuracy";
    public const string SalesHistory = "/sales-history";

    /// <param name="tab">where-used, suppliers, forecast, ledger or history; null for the plan.</param>
    /// <param name="cycle">A cycle or what-if other than the last.</param>
    public static string PlannedMaterial(Guid partId, string? tab = null, Guid? cycle = null) =>
        $"/planning/materials/{partId}" + (tab is null ? "" : "/" + tab) + (cycle is null ? "" : $"?cycle={cycle}");

    /// <summary>Whose need a material covers, or what covers its need, through all levels.</summary>
    /// <param name="up">Towards the sales figure; else down to what supplies it.</param>
    /// <param name="bucket">0 for past due and current; null for all.</param>
    public static string Pegging(Guid partId, bool up, int? bucket = null, Guid? cycle = null) =>
        $"/planning/pegging/{partId}?way={(up ? "up" : "down")}" + (bucket is null ? "" : $"&bucket={bucket}") + (cycle is null ? "" : $"&cycle={cycle}");

    public static string PlanningCycle(Guid id) => $"/planning/cycles/{id}";

    /// <summary>Two cycles side by side.</summary>
    public static string CompareCycles(Guid id, Guid with) => $"/planning/cycles/{id}/compare?with={with}";

    public static string WhatIf(Guid id) => $"/planning/what-ifs/{id}";

    /// <summary>A new what-if that begins with this material.</summary>
    public static string NewWhatIfFor(Guid partId) => $"{NewWhatIf}?part={partId}";

    /// <summary>A part's own parameters.</summary>
    public static string PlanningParametersOf(Guid partId) => $"/planning/parameters?part={partId}";

    /// <summary>What does not add up in stock.</summary>
    public const string InventoryToMend = "/inventory?tab=mend";

    /// <summary>A part's stock with its ledger, reservations and counts.</summary>
    /// <param name="after">The movement after which the ledger goes on; null for the newest.</param>
    public static string Stock(Guid partId, Guid? after = null) => $"/inventory/{partId}" + (after is null ? "" : $"?after={after}");

    /// <param name="tab">where-used or levels; null for the components.</param>
    public static string Bom(Guid partId, string? tab = null) => $"/boms/{partId}" + (tab is null ? "" : "/" + tab);

    /// <summary>Parts that are made of themselves.</summary>
    public const string BomCycles = "/boms?tab=cycles";

    /// <summary>A bill of materials through all levels, for so many and on a day.</summary>
    public static string BomLevels(Guid partId, decimal quantity, DateOnly on) =>
        FormattableString.Invariant($"/boms/{partId}/levels?quantity={quantity / 1.0000000000000000000000000000m}&on={on:yyyy-MM-dd}");

    /// <summary>Where a part is used on a day.</summary>
    public static string BomWhereUsed(Guid partId, DateOnly on) => FormattableString.Invariant($"/boms/{partId}/where-used?on={on:yyyy-MM-dd}");

    public static string Forecast(Guid partId) => $"/forecasts/{partId}";

    /// <summary>Single sales. Filters of the list follow the question mark.</summary>
    public const string Sales = "/sales-history/sales";

    /// <summary>Sales of one part, summed up.</summary>
    public static string SalesHistoryOf(Guid partId) => $"/sales-history?part={partId}";

    /// <summary>The sales behind a figure; null or empty asks for all.</summary>
    public static string SalesOf(DateOnly from, DateOnly to, string? part = null, string? region = null, string? segment = null, string? customer = null)
    {
        var filters = new[] { ("number", part), ("region", region), ("segment", segment), ("customer", customer) };
        return $"{Sales}?f.time={Day(from)}..{Day(to)}" + string.Concat(filters.Where(f => !string.IsNullOrEmpty(f.Item2)).Select(f => $"&f.{f.Item1}={Uri.EscapeDataString(f.Item2!)}"));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // Imports
    public const string Imports = "/imports";
    public const string NewImport = "/imports/new";

    /// <summary>Names that imports have learnt for suppliers and parts.</summary>
    public const string ImportNames = "/imports/names";

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
    public const string OrderSettings = "/admin/settings/orders";

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
        user.May(Permission.PlanningWrite) ? Planning : user.May(Permission.RfqsRead) ? Rfqs : user.May(Permission.PortalUse) ? Portal : user.May(Permission.NotesUse) ? MyDay : user.May(Permission.ChaptersRead) ? Chapters : user.May(Permission.PartsRead) ? Parts : Account;
}
