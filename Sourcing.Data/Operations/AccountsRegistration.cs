using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data;

public static partial class Registration
{
    /// <summary>Accounts on the login that may reach nothing else. Length is asked of a password, no particular characters: long and remembered beats short and odd.</summary>
    private static void AddAccountsData(this IServiceCollection services)
    {
        services.AddSingleton<Sessions>();
        services.AddScoped<AccountMail>();
        services.AddScoped<DemoAccounts>();
        services.AddDataProtection().SetApplicationName("Sourcing");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<DataSources>())));
        services.AddIdentityCore<AppUser>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                options.User.RequireUniqueEmail = true;
                options.Password = new() { RequiredLength = 10, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 4 };
                options.Lockout = new() { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10), AllowedForNewUsers = true };
                options.Tokens.ProviderMap[InvitationTokens.Name] = new(typeof(InvitationTokens));
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AuthDb>()
            .AddErrorDescriber<AccountWords>()
            .AddDefaultTokenProviders();
        services.AddTransient<InvitationTokens>();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(2));
    }
}
