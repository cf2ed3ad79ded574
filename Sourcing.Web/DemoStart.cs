using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sourcing.Data.Demo;
using Sourcing.Data.Operations;

namespace Sourcing.Web;

/// <summary>In development: fills an empty database with the demo company, and says last where the app is and who can sign in.</summary>
internal sealed class DemoStart(IServiceProvider services, SystemSession sessions, IServer server, IHostApplicationLifetime life, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetValue("Demo:Fill", true) && await new DemoCompany(services, sessions).FillAsync(cancellationToken))
        {
            Console.WriteLine("· Filled the empty database with the demo company");
        }

        life.ApplicationStarted.Register(() =>
        {
            Console.WriteLine($"\nSourcing is ready: {string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])}\n");
            foreach (var account in DemoAccounts.All)
            {
                Console.WriteLine($"  {account.Email,-34} {DemoAccounts.Password}   {account.Title}");
            }

            Console.WriteLine("\nCtrl+C stops it; the data is kept.");
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
