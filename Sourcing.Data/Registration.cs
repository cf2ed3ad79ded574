using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data;

/// <summary>Puts everything of Sourcing.Data into the container.</summary>
public static partial class Registration
{
    /// <summary>Adds data sources, contexts and every room's queries and services (classes whose names end in Queries or Service), list, background work, regular work, way to restore and follower of receipts.</summary>
    /// <param name="server">Connection string of a login that may create roles: see <see cref="DataSources"/>.</param>
    public static IServiceCollection AddSourcingData(this IServiceCollection services, string server)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new DataSources(server));
        services.TryAddSingleton(_ => new UploadLimit());
        services.AddScoped<CurrentUser>();
        services.AddScoped<IDbContextFactory<SourcingDb>, SourcingDbFactory>();
        services.AddScoped<Database>();
        services.TryAddSingleton(_ => new Imports.ImportFolder(Path.Combine(Path.GetTempPath(), "sourcing-imports")));
        services.TryAddSingleton(_ => Rfqs.Sealing.SealingKey.None());
        services.AddSingleton<Rfqs.Sealing.ReceiptCheck>();
        services.AddSingleton<Operations.SystemSession>();
        services.AddSingleton<Operations.LiveEvents>();
        services.AddSingleton<Operations.JobRunner>();
        services.AddSingleton<Operations.RegularRunner>();
        services.AddSingleton<Planning.Cycles.PlanCache>();
        services.TryAddSingleton<Operations.IEmailTransport, Operations.InAppTransport>();
        services.AddDbContext<AuthDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<DataSources>().Auth)
            .AddInterceptors(new IdentityIfSignedIn(provider.GetRequiredService<CurrentUser>())));
        services.AddAccountsData();
        foreach (var type in typeof(Registration).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true }
            && (t.Name.EndsWith("Queries", StringComparison.Ordinal) || t.Name.EndsWith("Service", StringComparison.Ordinal))))
        {
            services.AddScoped(type);
        }

        foreach (var edge in (Type[])[typeof(Operations.IBackgroundWork), typeof(Operations.IRegularWork), typeof(Operations.IRestoresRecords), typeof(Orders.IFollowsReceipts)])
        {
            foreach (var work in typeof(Registration).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(edge)))
            {
                services.AddScoped(work);
                services.AddScoped(edge, provider => provider.GetRequiredService(work));
            }
        }

        foreach (var list in typeof(Registration).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IListSource))))
        {
            services.AddScoped(list);
            services.AddScoped(typeof(IListSource), provider => provider.GetRequiredService(list));
        }

        return services;
    }
}
