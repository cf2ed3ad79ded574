# The steps are those of ./run. DOTNET_SDK_IMAGE is Microsoft's image of the .NET 10 SDK on Debian.
ARG DOTNET_SDK_IMAGE
FROM ${DOTNET_SDK_IMAGE}
RUN apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN dotnet publish Sourcing.Web -c Release -o /app && rm -rf /src
WORKDIR /app
USER app
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "Sourcing.Web.dll"]
