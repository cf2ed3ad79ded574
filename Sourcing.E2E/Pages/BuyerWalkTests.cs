using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>Every page that a buyer opens: the longest walk, on its own, so that others go beside it.</summary>
public sealed class BuyerWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Inside =
    [
        "/rfqs", "/rfqs?view=table", "/rfqs/new", "/rfqs/{open}", "/rfqs/{open}/suppliers", "/rfqs/{again}/suppliers", "/rfqs/{again}/comparison", "/rfqs/{question}/questions", "/rfqs/{evaluating}/comparison", "/rfqs/{awarded}/comparison", "/rfqs/{evaluating}/scenarios",
        "/rfqs/{awarded}/scenarios", "/rfqs/{open}/scenarios", "/rfqs/{awarded}/award-record", "/rfqs/{open}/files",
        "/rfqs/{open}/history", "/rfqs/{draft}/edit", "/rfqs/{sealed}", "/rfqs/{sealed}/seal", "/rfqs/{sealed}/suppliers", "/rfqs/{sealed}/comparison", "/rfqs/{sealed_quote}", "/rfqs/{opened}/seal", "/rfqs/{opened}/comparison", "/check", "/today", "/today?of=all", "/savings", "/savings/lines", "/orders", "/orders/new", "/orders/{order}", "/orders/{order}?tab=changes", "/orders/{order}?tab=invoices", "/orders/late", "/orders/invoices", "/orders/agreements", "/orders/agreements/new", "/orders/agreements/{agreement}",
        "/orders/agreements/{agreement}/edit", "/orders/{changeable}/change", "/orders/{changeable}/invoice", "/approvals", "/suppliers", "/suppliers/new", "/suppliers/{supplier}", "/suppliers/{supplier}/edit",
        "/parts", "/parts/new", "/parts/{part}", "/parts/{part}/prices", "/parts/{part}/references", "/parts/{part}/price-history", "/parts/{part}/documents", "/parts/{part}/files",
        "/parts/{part}/history", "/parts/{part}/edit", "/parts/categories", "/parts/units", "/parts/deleted", "/parts/duplicates", "/parts/merge?keep={part}", "/parts/merge?{duplicates}", "/suppliers/merge?keep={supplier}", "/suppliers/merge?{alike}", "/suppliers/{supplier}/rfqs", "/suppliers/{supplier}/quotes",
        "/suppliers/{supplier}/orders", "/suppliers/{supplier}/prices?f.supplierCode=SUP-0301", "/suppliers/{supplier}/files", "/suppliers/{supplier}/history", "/suppliers/deleted",
        "/suppliers/{supplier}/scorecard", "/suppliers/{supplier}/scorecard?all=true", "/suppliers/{blocked}/scorecard", "/suppliers/scorecards", "/suppliers/scorecards/compare",
        "/suppliers/scorecards/compare?suppliers={supplier}", "/suppliers/scorecards/templates", "/suppliers/scorecards/templates/new", "/suppliers/scorecards/templates/{template}",
        "/suppliers/scorecards/templates/{draft_template}/edit",
        "/inventory", "/inventory?tab=mend", "/inventory/{part}", "/boms", "/boms?tab=cycles", "/boms/{part}", "/boms/{part}/levels", "/boms/{part}/where-used",
        "/planning", "/planning/recommendations", "/planning/exceptions", "/planning/data-quality", "/planning/materials", "/planning/materials/{material}",
        "/planning/materials/{material}?row=with_plan&at=1", "/planning/materials/{material}/where-used", "/planning/materials/{material}/suppliers",
        "/planning/materials/{material}/forecast", "/planning/materials/{material}/ledger", "/planning/pegging/{material}?way=up", "/planning/pegging/{material}?way=down",
        "/planning/cycles", "/planning/cycles/{cycle}", "/planning/what-ifs", "/planning/what-ifs/{whatif}", "/planning/parameters", "/planning/parameters?of=classes",
        "/planning/parameters?part={material}",
        "/forecasts", "/forecasts/{part}", "/forecasts/accuracy", "/sales-history", "/sales-history?step=week", "/sales-history/sales",
        "/imports", "/imports/new", "/imports/names", "/admin/deleted", "/account/manage",
    ];

    [Fact]
    public Task A_buyer_finds_every_page_in_order() => WalkAsync("mira.holsten@example.test", Inside);
}
