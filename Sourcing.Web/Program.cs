using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Web;
using Sourcing.Web.Account;
using Sourcing.Web.Chapters.Importing;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Imports;
using Sourcing.Web.Layout;
using Sourcing.Web.Operations;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Sales.Commissions;
using Sourcing.Web.Orders;
using Sourcing.Web.Portal;

try
{
    var builder = WebApplication.CreateBuilder(args);
    var (server, cluster) = await DatabaseStart.FindAsync(builder, CancellationToken.None);
    await using var ownServer = cluster;
    builder.AddImports();
    builder.AddSealing();
    builder.Services.AddSourcingData(server);
    builder.AddShell();
    builder.AddAccounts();
    builder.AddOrders();
    builder.AddOperations();
    if (builder.Environment.IsDevelopment())
    {
        builder.Services.AddHostedService<DemoStart>();
    }
    builder.Services.AddRfqs();

    var app = builder.Build();
    var onlyMigrate = args.Contains("--migrate");
    await DatabaseStart.PrepareAsync(app.Services.GetRequiredService<DataSources>(), onlyMigrate || app.Environment.IsDevelopment(), CancellationToken.None);
    if (onlyMigrate)
    {
        return 0;
    }

    app.UseShell();
    app.UseAccounts();
    app.UseAntiforgery();
    app.MapAccounts();
    app.MapOperations();
    app.MapShell();
    app.MapComparison();
    app.MapQuoteSheets();
    app.MapReceipts();
    app.MapImports();
    app.MapOrders();
    app.MapCommissions();
    app.MapChapterReports();
    app.MapChapterImports();
    await app.RunAsync();
    return 0;
}
catch (RefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"The address is taken: {taken.Message} Set another with ASPNETCORE_URLS.");
    return 1;
}
